import { describe, expect, it } from 'vitest';
import { AltaError } from '../../../engine/model/index.ts';
import { changeDigest, everything } from '../../../engine/plan/index.ts';
import { jsonText, parseApproval, planJson } from '../../../engine/report/index.ts';
import { change, client, plan } from './build.ts';

const consent = { allowDelete: 2, recreate: null, overrideLimits: 'migration', acceptOutage: null };
const wanted = change('1');
const blocked = change('2', { action: 'delete', blocked: { code: 'protected', params: {} } });
const document = planJson(plan(client([wanted, blocked])), { lang: 'en', consent, selection: everything });

function codeOf(text: string): string {
  try {
    parseApproval(text, 'plan.json');
    return 'accepted';
  } catch (error) {
    return error instanceof AltaError ? error.code : 'other';
  }
}

describe('the plan that was approved', () => {
  const approval = parseApproval(jsonText(document), 'plan.json');

  it('binds basis and digests by client and address', () => {
    expect(approval.clients.acme).toEqual({
      basis: 'sha256:basis',
      changes: { 'acme/pbx:main/extension:1': changeDigest(wanted) },
    });
  });

  it('does not approve what it shows as blocked', () => {
    expect(approval.clients.acme?.changes).not.toHaveProperty('acme/pbx:main/extension:2');
  });

  it('counts what the successor of a replaced device gets, not that the old one is forgotten', () => {
    const gone = change('1', { action: 'forget', targetKey: 'mac:old' });
    const text = jsonText(
      planJson(plan(client([gone, wanted])), { lang: 'en', consent, selection: everything }),
    );
    expect(parseApproval(text, 'plan.json').clients.acme?.changes).toEqual({
      'acme/pbx:main/extension:1': changeDigest(wanted),
    });
  });

  it('lets go of what has no successor', () => {
    const gone = change('1', { action: 'forget', targetKey: 'mac:old' });
    const text = jsonText(planJson(plan(client([gone])), { lang: 'en', consent, selection: everything }));
    expect(parseApproval(text, 'plan.json').clients.acme?.changes).toEqual({
      'acme/pbx:main/extension:1': changeDigest(gone),
    });
  });

  it('brings its consent and selection', () => {
    expect(approval).toMatchObject({
      consent,
      selection: everything,
      filename: 'plan.json',
      altaVersion: '0.1.0',
    });
  });
});

describe('a file that is no plan', () => {
  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['null', 'null'],
    ['no version', '{}'],
    ['no clients', jsonText({ ...document, clients: undefined })],
    ['a client twice', jsonText({ ...document, clients: [...document.clients, ...document.clients] })],
    ['a change of no client', jsonText({ ...document, clients: [] })],
    [
      'an address twice',
      jsonText({
        ...document,
        resource_changes: [document.resource_changes[0], document.resource_changes[0]],
      }),
    ],
    [
      'a change without digest',
      jsonText({ ...document, resource_changes: [{ ...document.resource_changes[0], digest: '' }] }),
    ],
    [
      'a change that does not say whether it is blocked',
      jsonText({ ...document, resource_changes: [{ ...document.resource_changes[0], blocked: undefined }] }),
    ],
    ['a negative consent', jsonText({ ...document, consent: { ...consent, allowDelete: -1 } })],
    [
      'a consent without a reason',
      jsonText({ ...document, consent: { ...consent, overrideLimits: 1, acceptOutage: null } }),
    ],
    ['no selection', jsonText({ ...document, selection: undefined })],
  ])('is refused: %s', (_, text) => {
    expect(codeOf(text)).toBe('approval-invalid');
  });

  it('is refused where its major version is another', () => {
    expect(codeOf(jsonText({ ...document, format_version: '2.0' }))).toBe('approval-version');
  });

  it('is accepted where only its minor version is newer', () => {
    expect(codeOf(jsonText({ ...document, format_version: '1.7', something: 'new' }))).toBe('accepted');
  });
});
