import { describe, expect, it } from 'vitest';
import { startLab } from '../../../lab/index.ts';
import { type HarOptions, harOf } from '../../../lab/pekepbx/har.ts';
import type { LabPekepbx } from '../../../lab/pekepbx/settings.ts';
import { isMarked, type Learnt, learn } from './browser.ts';

/** Records an operator at a simulated panel and learns from it. */
async function recorded(wanted: Omit<LabPekepbx, 'driver' | 'name'>, options?: HarOptions): Promise<Learnt> {
  const lab = await startLab({ boxes: [{ driver: 'pekepbx', name: 'nube', extensions: 12, ...wanted }] });
  try {
    const [service] = lab.boxes;
    if (service === undefined) throw new Error('no platform');
    return learn(
      JSON.stringify(await harOf(service, { ...options, ...(wanted.pager && { pager: wanted.pager }) })),
    );
  } finally {
    await lab.close();
  }
}

const both = [
  ['as it is', {}],
  ['sanitised', { sanitized: true }],
] as const;

describe('a flat dialect with numbered pages', () => {
  it.each(both)('is learnt from a recording %s', async (_name, options) => {
    const { profile, text } = await recorded({ edition: 'a' }, options);
    expect(profile).toMatchObject({
      auth: { login: { path: '/login' }, token: { path: 'token' }, expires: { path: 'expires_in' } },
      tenant: { id: { path: 'id' }, digits: 5, scopes: [{ by: 'query', name: 'companyId', verify: true }] },
      resources: {
        extension: {
          get: { path: '/extension/{id}', object: { path: 'data' }, verify: true },
          create: { path: '/extension', object: { path: 'data' }, verify: true },
          company: { path: 'company_id', verify: true },
        },
        did: { company: { path: 'company_id', verify: true } },
      },
      list: {
        results: { path: 'data' },
        pager: {
          style: 'page',
          parameter: 'page',
          sizeParameter: 'per_page',
          total: 'meta.total',
          last: 'meta.last_page',
        },
      },
      identity: { id: { path: 'id' }, number: { path: 'extension' } },
      fields: {
        name: { path: 'full_name', required: true, verify: true },
        email: { path: 'email', verify: true },
        role: { path: 'role', codec: 'enum', values: { user: 'user', admin: 'admin' } },
        internalOnly: { path: 'only_internal', codec: 'bool' },
        callerId: {
          path: 'did_out_id',
          codec: 'lookup',
          resource: 'did',
          key: { path: 'id' },
          shown: { path: 'number' },
          values: { anonymous: null },
        },
        mobile: { path: 'mobile_phone' },
        mobileExtension: { path: 'mobile_extension' },
        voicemail: { path: 'voicemail', codec: 'bool' },
        callRecording: { path: 'record_calls', codec: 'bool' },
        sip: { path: 'sip_password', verify: true },
        portal: { path: 'password', writeOnly: true, required: true },
      },
      update: { style: 'replace', omit: ['did_out', 'created_at', 'updated_at'] },
      canary: { from: '987', to: '987' },
    });
    expect(profile.fields.sip).not.toHaveProperty('writeOnly');
    expect(profile.resources.company).not.toHaveProperty('get');
    expect(text).toContain('# The panel offers the company\'s DIDs, and "Anónimo" as the default.');
  });
});

describe('a nested dialect with cursors', () => {
  it.each(both)('is learnt from a recording %s', async (_name, options) => {
    const { profile, finding } = await recorded({ edition: 'b' }, options);
    expect(profile).toMatchObject({
      tenant: {
        id: { path: 'code' },
        key: { path: 'uuid', verify: true },
        name: { path: 'legalName', verify: true },
        scopes: [{ by: 'header', name: 'x-company-id', verify: true }],
      },
      resources: {
        extension: { company: { path: 'companyCode' } },
        did: { company: { path: 'companyCode' } },
      },
      list: { results: { path: 'results' }, pager: { style: 'cursor', parameter: 'cursor', next: 'next' } },
      identity: { id: { path: 'uuid' }, number: { path: 'sip.name', strip: 'ext{companyId}', verify: true } },
      fields: {
        name: { path: 'user.fullName' },
        email: { path: 'user.mail' },
        role: { path: 'user.roleId', codec: 'enum', values: { user: 2 } },
        internalOnly: { path: 'limits.internalOnly', codec: '0-1' },
        callerId: { path: 'sip.callerId', key: { path: 'e164' }, values: { anonymous: 'anonymous' } },
        voicemail: { path: 'services.voicemail', codec: 'on-off' },
        callRecording: { path: 'services.recording', codec: 'on-off' },
        sip: { path: 'sip.secret', writeOnly: true },
        portal: { path: 'user.password', writeOnly: true },
      },
      update: { style: 'replace', omit: ['createdAt', 'updatedAt', 'rev'] },
    });
    expect(profile.list.pager).not.toHaveProperty('total');
    expect(profile.resources.extension.create).not.toHaveProperty('object');
    expect(finding('fields.role')).toMatchObject({ standing: 'guessed' });
    expect(finding('tenant.key')).toMatchObject({ standing: 'found' });
    expect(finding('tenant.name')).toMatchObject({ standing: 'guessed' });
    expect(JSON.stringify(profile.resources)).not.toContain('headers');
  });
});

describe('a dialect in which the company is entered', () => {
  it('is learnt with the call that enters it', async () => {
    const { profile } = await recorded({ edition: 'c' });
    expect(profile.tenant.scopes).toEqual([
      { by: 'switch-call', call: { method: 'POST', path: '/company/{companyId}/enter' }, verify: true },
    ]);
    expect(profile.list).toMatchObject({ results: { path: '$' }, pager: { style: 'none', verify: true } });
  });
});

describe('lists', () => {
  it.each([
    ['page', { style: 'page', parameter: 'page', total: 'meta.total' }],
    ['offset', { style: 'offset', parameter: 'offset', total: 'count' }],
    ['cursor', { style: 'cursor', parameter: 'cursor', next: 'next' }],
  ] as const)('by %s are told apart by the step from one page to the next', async (pager, expected) => {
    const { profile, finding } = await recorded({ edition: 'a', pager });
    expect(profile.list.pager).toMatchObject({ ...expected, verify: true });
    expect(finding('list.pager')?.standing).toBe('found');
  });

  it('that fit on one page are guessed by what stands around the rows', async () => {
    const { profile, finding } = await recorded({ edition: 'a', pager: 'offset', extensions: 2 });
    expect(profile.list.pager).toMatchObject({ style: 'offset', total: 'count' });
    expect(finding('list.pager')?.standing).toBe('guessed');
  });

  it('of a company without any other extension still tell the names', async () => {
    const { profile } = await recorded({ edition: 'a', extensions: 0 });
    expect(profile.fields.name).toMatchObject({ path: 'full_name' });
  });
});

describe('what a recording does not tell', () => {
  it('stays as it was, and marked', async () => {
    const { profile, finding } = await recorded({ edition: 'a' }, { sanitized: true });
    expect(finding('auth.header')).toMatchObject({ standing: 'open', edits: [] });
    expect(isMarked(profile, 'auth.secondFactor')).toBe(true);
    expect(isMarked(profile, 'callFlows.dids.leads')).toBe(true);
  });

  it('is not marked anew where it is documented and the recording agrees', async () => {
    const { profile, finding } = await recorded({ edition: 'a' });
    expect(finding('resources.extension.delete')).toMatchObject({ standing: 'found', edits: [] });
    expect(isMarked(profile, 'auth.login')).toBe(false);
  });
});
