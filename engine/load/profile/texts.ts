import type { ProfileDocument, ProfileErrorText, ProfileName } from '../../model/profile.ts';
import { type Path, type Problem, pathText, problemAt } from '../problem.ts';
import { unknown } from './calls.ts';
import { type Draft, entriesOf, itemsOf } from './draft.ts';
import { patternFlaw } from './pattern.ts';

type Document = Draft<ProfileDocument>;

/** Templates and patterns that belong to no call and to no field. */
export function textProblems({ errors, identity, tenant, callFlows }: Document): readonly Problem[] {
  const { queues, dids } = callFlows ?? {};
  const names: readonly (readonly [Draft<ProfileName> | undefined, Path])[] = [
    [tenant?.id, ['tenant', 'id']],
    [tenant?.key, ['tenant', 'key']],
    [tenant?.name, ['tenant', 'name']],
    [identity?.id, ['identity', 'id']],
    ...(['id', 'name', 'number', 'members', 'member'] as const).map(
      (key) => [queues?.[key], ['callFlows', 'queues', key]] as const,
    ),
    ...(['number', 'leads', 'to'] as const).map((key) => [dids?.[key], ['callFlows', 'dids', key]] as const),
  ];
  return [
    ...unknown(identity?.registrationName, ['companyId', 'number', 'id'], ['identity', 'registrationName']),
    ...names.flatMap(([name, path]) => [
      ...unknown(name?.strip, ['companyId'], [...path, 'strip']),
      ...unknown(name?.add, ['companyId'], [...path, 'add']),
    ]),
    ...entriesOf(dids?.begins, ['callFlows', 'dids', 'begins']).flatMap(([, template, path]) =>
      unknown(template, ['companyId'], path),
    ),
    ...itemsOf<Draft<ProfileErrorText>>(errors?.text, ['errors', 'text']).flatMap(([entry, path]) =>
      patternProblems(entry.match, [...path, 'match']),
    ),
  ];
}

function patternProblems(pattern: string | undefined, path: Path): readonly Problem[] {
  const flaw = pattern === undefined ? null : patternFlaw(pattern);
  return flaw === null ? [] : [problemAt(flaw, { field: pathText(path) }, path)];
}
