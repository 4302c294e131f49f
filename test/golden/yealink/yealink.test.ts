import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { reveal, Secret } from '../../../engine/model/index.ts';
import type { Write } from '../../../providers/contract.ts';
import { renderCfg } from '../../../providers/device/yealink/cfg.ts';
import { settingsOf } from '../../../providers/device/yealink/dialect.ts';
import { cfgGenerations } from '../../../providers/device/yealink/generation.ts';
import { hasField } from '../../../providers/device/yealink/keys.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Every field there is. */
const values = {
  active: true,
  label: 'Recepción',
  displayName: 'Recepción Acme',
  registerName: 'ext0301110',
  userName: 'ext0301110',
  server: 'sip.acme.example',
  port: 5060,
  transport: 'udp',
  expires: 180,
  retries: 3,
  outboundProxy: 'edge.acme.example',
  retryInterval: 30,
  keepAlive: 30,
  mediaEncryption: 'optional',
  voicemailNumber: '*97',
};

const about = { kind: 'account', address: 'acme/device:recepcion/account:1' } as const;

function filed(name: string, text: string): string {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(`${here}${name}`, text);
  return readFileSync(`${here}${name}`, 'utf8');
}

describe('the settings of each generation are those of its files (UPDATE_GOLDEN=1 rewrites them)', () => {
  test.each(cfgGenerations)('a new account on %s', (generation) => {
    const known = Object.entries(values).filter(([field]) => hasField(field, generation));
    const secrets = { password: new Secret('Sample-Pass7word') };
    const write: Write = { ...about, action: 'create', key: '1', values: Object.fromEntries(known), secrets };
    const text = reveal(renderCfg(settingsOf(write, generation)));
    expect(text).toBe(filed(`${generation}-create.cfg`, text));
  });

  test.each(cfgGenerations)('a deleted account on %s', (generation) => {
    const text = reveal(renderCfg(settingsOf({ ...about, action: 'delete', key: '2' }, generation)));
    expect(text).toBe(filed(`${generation}-delete.cfg`, text));
  });
});
