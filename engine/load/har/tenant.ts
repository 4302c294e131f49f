import { canonicalJson } from '../../model/index.ts';
import type { ProfileScope } from '../../model/profile.ts';
import type { Carrier, Operation } from './carriers.ts';
import { type Company, isCarriedApart } from './company.ts';
import type { CompanyList } from './company-list.ts';
import { clue, dropped, learnt, open, partAt } from './finding.ts';
import { bySound } from './hints.ts';
import { distinct, isSame, type Json, leavesOf, scalarAt, tablesOf } from './leaves.ts';
import { callsTo } from './lists.ts';
import { pathOf, type Scene } from './scene.ts';
import type { Edit, Finding } from './types.ts';

/** How a company is found and how calls are narrowed to it. */
export function tenantFindings(scene: Scene): readonly Finding[] {
  const { list } = scene.company;
  return [
    ...(list === null ? [open('tenant.id')] : companyFindings(list, scene)),
    scopesFinding(scene),
    ...ownerFindings(scene),
  ];
}

function companyFindings(list: CompanyList, scene: Scene): readonly Finding[] {
  const { base } = scene;
  const { resource } = base.tenant;
  const clues = clue('rows', list.rows);
  const path = pathOf(list.exchange, scene);
  const place = `resources.${resource}.list`;
  const call =
    path === null
      ? open(place)
      : learnt(
          { place, standing: 'found', shown: `GET ${path}`, clues: clue('calls', 1), settings: { path } },
          partAt(base, place),
        );
  return [
    call,
    ...getFinding(scene),
    idFinding(list, clues, scene),
    ...keyFinding(list, clues, scene),
    ...nameFinding(list, scene),
  ];
}

/** A get that nobody saw is no way to find a company where the list was seen. */
function getFinding(scene: Scene): readonly Finding[] {
  const { resource } = scene.base.tenant;
  const place = `resources.${resource}.get`;
  if (partAt(scene.base, place) === undefined) return [];
  return [dropped(place, clue('calls', 1))];
}

function idFinding({ id, keys }: CompanyList, clues: Finding['clues'], { base }: Scene): Finding {
  const digits = keys.get(id) ?? undefined;
  const more: readonly Edit[] =
    base.tenant.digits === digits ? [] : [{ path: ['tenant', 'digits'], value: digits }];
  return learnt(
    { place: 'tenant.id', standing: 'found', shown: id, clues, settings: { path: id }, more },
    base.tenant.id,
  );
}

/** What calls carry, where that is not what people write; a key that the profile has and nobody carries is taken out. */
function keyFinding(
  { carried }: CompanyList,
  clues: Finding['clues'],
  { company, base }: Scene,
): readonly Finding[] {
  const place = 'tenant.key';
  const known = base.tenant.key;
  if (isCarriedApart(company))
    return [learnt({ place, standing: 'found', shown: carried, clues, settings: { path: carried } }, known)];
  return known === undefined || company.carriers.length === 0 ? [] : [dropped(place, clues)];
}

/** Nobody types a company's name: it is what sounds like one. */
function nameFinding({ texts, carried, id }: CompanyList, scene: Scene): readonly Finding[] {
  const place = 'tenant.name';
  const others = [...texts.keys()].filter((path) => path !== carried && path !== id);
  const [path, second] = bySound('companyName', others, (one) => one);
  if (path === undefined || second !== undefined) return [open(place)];
  const clues = clue('byName', 1);
  const known = scene.base.tenant.name;
  return [learnt({ place, standing: 'guessed', shown: path, clues, settings: { path } }, known)];
}

function scopesFinding(scene: Scene): Finding {
  const place = 'tenant.scopes';
  const { carriers, list } = scene.company;
  const scopes = [...carriers.map(scopeOf), ...switchOf(scene)];
  if (scopes.length === 0) return open(place);
  const plain = (all: readonly ProfileScope[]) =>
    canonicalJson(all.map(({ verify: _mark, ...scope }) => scope));
  const same = plain(scopes) === plain(scene.base.tenant.scopes);
  return {
    place,
    standing: list === null ? 'guessed' : 'found',
    shown: scopes.map(shownOf).join('; '),
    clues: [
      ...clue('calls', Math.max(1, ...carriers.map(({ count }) => count))),
      ...clue('kept', same ? 1 : 0),
    ],
    candidates: [],
    edits: same ? [] : [{ path: ['tenant', 'scopes'], value: scopes }],
  };
}

/** A call of its own that entered the company. */
function switchOf(scene: Scene): readonly ProfileScope[] {
  const { entered } = scene.company;
  const path = entered === null ? null : pathOf(entered, scene);
  const method = switchMethods.find((one) => one === entered?.method);
  if (path === null || method === undefined) return [];
  return [{ by: 'switch-call', call: { method, path }, verify: true }];
}

const switchMethods = ['POST', 'PUT', 'PATCH'] as const;

function shownOf({ by, name, ops, call }: ProfileScope): string {
  const what = name ?? call?.path;
  return [
    by,
    ...(what === undefined ? [] : [what]),
    ...(ops === undefined ? [] : [`(${ops.join(', ')})`]),
  ].join(' ');
}

function scopeOf({ by, name, type, ops, without }: Carrier): ProfileScope {
  const order: readonly Operation[] = ['list', 'get', 'create', 'update', 'delete'];
  return {
    by,
    ...(by === 'path' ? {} : { name }),
    ...(by === 'body' && type === 'number' ? { as: 'number' as const } : {}),
    ...(without.length === 0 ? {} : { ops: order.filter((one) => ops.includes(one)) }),
    verify: true,
  };
}

/** Where rows say whose they are. What no row says must not be looked for; a list that nobody asked for is taken to be like the others. */
function ownerFindings(scene: Scene): readonly Finding[] {
  const { company, views, base } = scene;
  const text = company.list?.texts.get(company.list.id);
  if (text === undefined) return [];
  const own = ownerFinding('extension', views.everybody, text, scene);
  const others = Object.keys(base.resources)
    .filter((kind) => kind !== 'extension' && kind !== base.tenant.resource)
    .flatMap((kind) => {
      const rows = rowsOf(kind, scene);
      return rows.length > 0 ? ownerFinding(kind, rows, text, scene) : likeOthers(kind, own[0], scene);
    });
  return [...own, ...others];
}

function rowsOf(kind: string, scene: Scene): readonly Json[] {
  const calls = callsTo(scene.base.resources[kind]?.list.path ?? '', scene);
  return calls.flatMap(({ got }) => tablesOf(got).flatMap(({ rows }) => rows));
}

function ownerFinding(
  kind: string,
  rows: readonly Json[],
  text: string,
  { base }: Scene,
): readonly Finding[] {
  const place = `resources.${kind}.company`;
  const known = partAt(base, place);
  const holds = (row: Json, path: string) => isSame(scalarAt(row, path), text);
  const paths = distinct(rows.flatMap((row) => leavesOf(row).map(({ path }) => path)));
  const always = paths.filter((path) => rows.every((row) => holds(row, path)));
  const [path, second] = bySound('company', always, (one) => one);
  const clues = clue('rows', rows.length);
  if (path !== undefined && second === undefined)
    return [learnt({ place, standing: 'found', shown: path, clues, settings: { path } }, known)];
  if (always.length > 0) return [open(place, always)];
  return known === undefined || rows.length === 0 ? [] : [dropped(place, clues)];
}

function likeOthers(kind: string, own: Finding | undefined, { base, company }: Scene): readonly Finding[] {
  const place = `resources.${kind}.company`;
  const known = partAt(base, place);
  if (known === undefined || own === undefined) return [];
  if (own.standing === 'dropped') return isNarrowed(company) ? [dropped(place, [])] : [open(place)];
  if (own.standing !== 'found') return [];
  const settings = { path: own.shown };
  return [learnt({ place, standing: 'guessed', shown: own.shown, clues: [], settings }, known)];
}

/** Whether lists are narrowed to the company whatever their paths are. */
function isNarrowed({ carriers, entered }: Company): boolean {
  return (
    entered !== null || carriers.some(({ by, ops }) => by !== 'path' && by !== 'body' && ops.includes('list'))
  );
}
