import { describe, expect, it } from 'vitest';
import { reveal, Secret } from '../../../../engine/model/index.ts';
import type { Write } from '../../../../providers/contract.ts';
import { parseCfg, renderCfg } from '../../../../providers/device/yealink/cfg.ts';
import { accountsOf, normalise, resetOf, settingsOf } from '../../../../providers/device/yealink/dialect.ts';
import { cfgGenerations } from '../../../../providers/device/yealink/generation.ts';
import { account, create, phone, remove, samplePassword, seedValues } from './declared.ts';

function update(values: Record<string, string | number | boolean>): Write {
  const { address, key } = account();
  return { action: 'update', kind: 'account', key, address, values, secrets: {}, before: {} };
}

function sent(write: Write, generation: (typeof cfgGenerations)[number] = 'v83'): string[] {
  return settingsOf(write, generation).map(({ key, value }) => `${key} = ${value}`);
}

describe('what a write sends', () => {
  it('is exactly what an update names', () => {
    expect(sent(update({ label: 'Ventas' }))).toEqual(['account.1.label = Ventas']);
  });

  it('is a switch and a value where the phone has both', () => {
    expect(sent(update({ keepAlive: 30, outboundProxy: 'edge.acme.example' }))).toEqual([
      'account.1.nat.udp_update_enable = 1',
      'account.1.nat.udp_update_time = 30',
      'account.1.outbound_proxy_enable = 1',
      'account.1.outbound_proxy.1.address = edge.acme.example',
    ]);
  });

  it('is the switch alone where packets are to stop', () => {
    expect(sent(update({ keepAlive: 0 }))).toEqual(['account.1.nat.udp_update_enable = 0']);
  });

  it('has the code of the transport under the name of the generation', () => {
    expect(cfgGenerations.map((generation) => sent(update({ transport: 'tls' }), generation))).toEqual([
      ['account.1.transport = 2'],
      ['account.1.transport = 2'],
      ['account.1.sip_server.1.transport_type = 2'],
      ['account.1.sip_server.1.transport_type = 2'],
      ['account.1.sip_server.1.transport_type = 2'],
    ]);
  });

  it('does not show the password', () => {
    expect(sent(create())).toContain('account.1.password = [secret]');
  });

  it.each([
    [update({ domain: 'acme.example' }), 'v83', 'field-unsupported'],
    [update({ password: 'x' }), 'v83', 'field-unsupported'],
    [update({ retries: 3 }), 'v70', 'field-generation'],
    [update({ transport: 'sctp' }), 'v83', 'value-unsupported'],
    [create({ secrets: { pin: new Secret('123456') } }), 'v83', 'field-unsupported'],
    [{ ...remove(), key: '1.x = 1\naccount.2' }, 'v83', 'value-unsupported'],
    [{ ...remove(), key: '01' }, 'v83', 'value-unsupported'],
  ] as const)('%# is refused with nothing written', (write, generation, code) => {
    expect(() => settingsOf(write, generation)).toThrow(
      expect.objectContaining({ code, written: 'nothing' }),
    );
  });
});

describe.each(cfgGenerations)('on %s', (generation) => {
  const { retries, ...without } = seedValues;
  const values = generation === 'v70' ? without : { ...without, retries };

  it('what a create sends reads back', () => {
    const cfg = parseCfg(reveal(renderCfg(settingsOf(create({ values }), generation))));
    const [found] = accountsOf(cfg, generation);
    expect(found?.values).toEqual(values);
    expect(found?.secrets.password && reveal(found.secrets.password)).toBe(samplePassword);
  });

  it('a deleted line is gone', () => {
    const cfg = [...settingsOf(create({ values }), generation), ...settingsOf(remove(), generation)];
    expect(accountsOf(cfg, generation)).toEqual([]);
  });

  it('a deleted line is gone for whoever takes missing keys for factory settings', () => {
    expect(accountsOf(resetOf('1', generation), generation, 'factory')).toEqual([]);
  });
});

describe('accounts of settings', () => {
  const read = (text: string, missing?: 'unknown' | 'factory') => accountsOf(parseCfg(text), 'v83', missing);

  it('are in the order of their lines', () => {
    const text = 'account.10.enable = 1\naccount.2.enable = 1\naccount.1.label = a';
    expect(read(text).map(({ key }) => key)).toEqual(['1', '2', '10']);
  });

  it('are those that are on, or hold a name', () => {
    const text =
      'account.1.enable = 0\naccount.2.enable = 1\naccount.3.user_name = x\naccount.4.sip_server.1.port = 5060';
    expect(read(text).map(({ key }) => key)).toEqual(['2', '3']);
  });

  it('do not show what is not there', () => {
    expect(read('account.1.label = a')[0]?.values).toEqual({ label: 'a' });
  });

  it('show the factory settings of a whole export', () => {
    expect(read('account.1.label = a', 'factory')[0]?.values).toMatchObject({
      active: false,
      port: 5060,
      transport: 'udp',
      expires: 3600,
      retries: 3,
    });
  });

  it('take the last of a key that repeats', () => {
    expect(read('account.1.label = a\naccount.1.label = b')[0]?.values.label).toBe('b');
  });

  it.each(['********', '•••••', '', '%NULL%', '%EMPTY%'])('have no password %j', (mask) => {
    expect(read(`account.1.enable = 1\naccount.1.password = ${mask}`)[0]?.secrets).toEqual({});
  });

  it('never hold the password among the values', () => {
    expect(JSON.stringify(read('account.1.password = hunter22'))).not.toContain('hunter22');
  });

  it('compare numbers as numbers', () => {
    expect(read('account.1.enable = 1\naccount.1.sip_server.1.expires = 0180')[0]?.values.expires).toBe(180);
  });

  it('show a word of no known meaning as it is', () => {
    const text =
      'account.1.enable = 1\naccount.1.sip_server.1.transport_type = 7\naccount.1.sip_server.1.port = abc';
    expect(read(text)[0]?.values).toMatchObject({ transport: '7', port: 'abc' });
  });

  it('have no proxy where it is switched off', () => {
    const text =
      'account.1.enable = 1\naccount.1.outbound_proxy_enable = 0\naccount.1.outbound_proxy.1.address = x';
    expect(read(text)[0]?.values.outboundProxy).toBeUndefined();
  });
});

describe('the form in which a phone gives values back', () => {
  it('is that of the procedure', () => {
    expect(normalise(account(), phone()).values).toEqual(seedValues);
  });

  it('does not change a second time', () => {
    const odd = account({
      values: { ...seedValues, keepAlive: 0, mediaEncryption: 'required', transport: 'sctp' },
    });
    const once = normalise(odd, phone());
    expect(normalise(once, phone())).toEqual(once);
  });
});
