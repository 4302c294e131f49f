import { describe, expect, it } from 'vitest';
import { AltaError, reveal } from '../../../../engine/model/index.ts';
import { unknown, type ValueObject } from '../../../../stacks/plugin/contract.ts';
import { attributeOfField, keyIn, wantedOf } from '../../../../stacks/provider/desired.ts';
import { config, markers, shapes, wanted } from './fixture.ts';

const codeOf = (over: ValueObject): string => {
  try {
    wanted(over);
    return 'none';
  } catch (error) {
    return error instanceof AltaError ? error.code : String(error);
  }
};

describe('a configuration', () => {
  it('wants what it gives, and nothing of what it leaves out', () => {
    const { desired } = wanted({ caller_id: '910000001', voicemail: false });
    expect(desired).toMatchObject({
      address: 'acme/pbx:main/extension:110',
      key: '110',
      values: { number: '110', name: 'Puesto', callerId: '910000001', voicemail: false },
      secrets: {},
      references: {},
      protect: false,
      adopt: 'no',
    });
    expect(Object.keys(desired.values)).toHaveLength(4);
  });

  it('refers to its extension for what is not known yet', () => {
    const account: ValueObject = {
      target: 'acme/device:mesa',
      line: 2,
      extension: 'acme/pbx:main/extension:110',
      register_name: unknown,
    };
    const { desired } = wantedOf(shapes.account, account, { address: 'acme/device:mesa' }, markers);
    expect(desired).toMatchObject({
      address: 'acme/device:mesa/account:2',
      key: '2',
      dependsOn: ['acme/pbx:main/extension:110'],
      references: { registerName: { address: 'acme/pbx:main/extension:110', field: 'registrationName' } },
    });
    expect(desired.values).not.toHaveProperty('number');
  });

  it('says what is left alone, protected and taken over', () => {
    const { desired } = wanted({ leave: ['caller_id', 'nat'], protect: true, adopt: 'secrets' });
    expect(desired).toMatchObject({ leave: ['callerId', 'nat'], protect: true, adopt: 'secrets' });
  });
});

describe('a secret', () => {
  it.each([
    [
      'secret:extensions/main/110/sip',
      'extensions/main/110/sip',
      { secret: 'extensions/main/110/sip', scope: 'acme' },
    ],
    ['env:SIP_110', 'env:SIP_110', { env: 'SIP_110' }],
    ['file:sip-110', 'file:sip-110', { file: 'sip-110' }],
  ])('of %s is known by name and marker', (sip_secret, name, source) => {
    const { desired, given } = wanted({ sip_secret });
    expect(desired.secrets).toEqual({
      sip: { name, source: 'declared', marker: `rev of ${JSON.stringify(source)}` },
    });
    expect(given).toEqual({});
  });

  it.each(['pbx', 'unmanaged'])('that is %s has no marker', (source) => {
    expect(wanted({ sip_secret: source }).desired.secrets).toEqual({
      sip: { name: source, source, marker: null },
    });
  });

  it('that stands in the configuration is held in memory, and known by its version or its fingerprint', () => {
    const { desired, given } = wanted({ sip_secret_wo: 'Kf7mQ2xRt-p9WbL4hZc6' });
    expect(desired.secrets.sip?.marker).toBe('hmac of terraform acme/pbx:main/extension:110.sip');
    expect(given.sip === undefined ? '' : reveal(given.sip)).toBe('Kf7mQ2xRt-p9WbL4hZc6');
    expect(JSON.stringify({ desired, given })).not.toContain('Kf7mQ2xRt');
    const versioned = wanted({ sip_secret_wo: 'Kf7mQ2xRt-p9WbL4hZc6', sip_secret_version: '7' });
    expect(versioned.desired.secrets.sip?.marker).toBe('7');
  });

  it('whose value is not known yet is declared all the same', () => {
    const { desired, given } = wanted({ sip_secret_wo: unknown, sip_secret_version: '7' });
    expect(desired.secrets.sip).toMatchObject({ source: 'declared', marker: '7' });
    expect(given).toEqual({});
  });

  it.each([
    [{ sip_secret: 'secret:a', sip_secret_wo: 'b' }, 'secret-given-twice'],
    [{ sip_secret: 'Kf7mQ2xRt-p9WbL4hZc6' }, 'secret-source-unclear'],
    [{ sip_secret: 'secret:' }, 'secret-source-unclear'],
    [{ sip_secret: 'secret:a', sip_secret_version: 'another' }, 'secret-version-stale'],
  ])('given as %o is refused', (over, code) => {
    expect(codeOf(over)).toBe(code);
  });
});

describe('names', () => {
  it.each([
    ['callerId', 'caller_id'],
    ['sip', 'sip_secret'],
    ['number', 'number'],
  ])('%s is %s', (field, attribute) => {
    expect(attributeOfField(shapes.extension, field)).toBe(attribute);
  });

  it('a key is text, or not known yet', () => {
    expect(keyIn(shapes.account, { line: 2 })).toBe('2');
    expect(keyIn(shapes.extension, config({ number: unknown }))).toBeNull();
  });
});
