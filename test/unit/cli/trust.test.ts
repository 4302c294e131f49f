import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorDiagnostic } from '../../../engine/model/index.ts';
import type { RunContext } from '../../../engine/run/contract.ts';
import type {
  HostKeyOptions,
  SeenCertificate,
  TrustConsent,
  TrustResult,
} from '../../../engine/run/trust/trust-contract.ts';
import { play } from './stage.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'alta-cli-'));
  writeFileSync(join(cwd, 'alta.yaml'), '');
});
afterAll(() => rmSync(cwd, { recursive: true }));

const pin = `SHA256:${'A'.repeat(43)}`;
const seen: SeenCertificate = {
  targets: ['acme/pbx:sede'],
  url: 'https://192.0.2.10:8088',
  from: 'oficina (alta@bastion.acme.example:22)',
  verdict: 'unpinned',
  pin,
  subject: 'CN=box',
  issuer: 'CN=box\u202e',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2036-01-01T00:00:00.000Z',
  declared: [],
  proposed: [pin],
};
const keys = {
  server: 'bastion.acme.example:22',
  verdict: 'undeclared',
  keys: [{ line: 'ssh-ed25519 AAAAkey', fingerprint: 'SHA256:abc' }],
  declared: [],
  proposed: null,
} as const;
const edit = { filename: 'clients/acme/client.yaml', created: false, summary: ['+ acme/pbx:sede'] };

/** Asks once, and writes where the answer is yes. */
async function asking(_: RunContext, { confirm }: TrustConsent): Promise<TrustResult> {
  const found = { certificates: [seen], hostKeys: [] };
  const agreed = await confirm(found);
  return { found, edits: agreed ? [edit] : [], diagnostics: [], declined: !agreed };
}

describe('trust', () => {
  it('shows and writes nothing where there is nobody to ask', async () => {
    const { code, out, err } = await play(['trust'], { cwd, engine: { trustTargets: asking } });
    expect([code, err]).toEqual([1, expect.stringContaining('[trust-unasked]')]);
    expect(out).toContain(pin);
    expect(out).not.toContain('clients/acme/client.yaml');
  });

  it('writes without asking where that was said', async () => {
    const { code, out } = await play(['trust', '--yes'], { cwd, engine: { trustTargets: asking } });
    expect([code, out]).toEqual([0, expect.stringContaining('~ clients/acme/client.yaml')]);
  });

  it('shows all that a person compares, with foreign text made visible', async () => {
    const { out } = await play(['trust', '--yes'], { cwd, engine: { trustTargets: asking } });
    expect(out.split('\n').slice(0, 7)).toEqual([
      'acme/pbx:sede  https://192.0.2.10:8088',
      '  ? nobody vouches for it yet',
      `  public key  ${pin}`,
      '  subject     CN=box',
      '  issuer      CN=box\\u{202e}',
      '  valid       2026-01-01 – 2036-01-01',
      '  seen        through oficina (alta@bastion.acme.example:22)',
    ]);
  });

  it('speaks Spanish', async () => {
    const { out } = await play(['trust', '--yes', '--lang', 'es'], { cwd, engine: { trustTargets: asking } });
    expect(out).toContain('a través de oficina');
    expect(out).toContain('nadie responde aún de él');
  });

  it('is one JSON document', async () => {
    const { out, err } = await play(['trust', '--json', '--yes'], { cwd, engine: { trustTargets: asking } });
    expect([JSON.parse(out), err]).toMatchObject([
      {
        errored: false,
        certificates: [{ pin, valid_to: '2036-01-01T00:00:00.000Z' }],
        host_keys: [],
        edits: [edit],
      },
      '',
    ]);
  });

  it('does not call it nothing where it could not look', async () => {
    const found = { certificates: [], hostKeys: [] };
    const wrong = errorDiagnostic('secret-missing', { name: 'n', scope: 's' });
    const trustTargets = async () => ({ found, edits: [], diagnostics: [wrong], declined: false });
    const { code, out } = await play(['trust'], { cwd, engine: { trustTargets } });
    expect([code, out]).toEqual([1, '']);
  });

  it('hands over what the command line says', async () => {
    const trustTargets = vi.fn(asking);
    await play(['trust', '--client', 'acme', '--replace', '--dry-run', '--yes'], {
      cwd,
      engine: { trustTargets },
    });
    expect(trustTargets.mock.calls).toMatchObject([[{}, { clients: ['acme'], replace: true, dryRun: true }]]);
  });
});

describe('trust --ssh', () => {
  const asked = async (...argv: readonly string[]) => {
    const trustHostKeys = vi.fn(async (_: RunContext, _options: HostKeyOptions): Promise<TrustResult> => {
      return { found: { certificates: [], hostKeys: [keys] }, edits: [], diagnostics: [], declined: false };
    });
    const played = await play(['trust', ...argv], { cwd, engine: { trustHostKeys } });
    return { ...played, options: trustHostKeys.mock.calls[0]?.[1] };
  };

  it.each([
    ['bastion.acme.example', { user: null, host: 'bastion.acme.example', port: 22 }],
    ['alta@bastion.acme.example:2222', { user: 'alta', host: 'bastion.acme.example', port: 2222 }],
    ['[2001:db8::1]:2222', { user: null, host: '2001:db8::1', port: 2222 }],
    ['2001:db8::1', { user: null, host: '2001:db8::1', port: 22 }],
  ])('takes %s', async (text, server) => {
    expect((await asked('--ssh', text)).options).toMatchObject({ server, access: null, client: null });
  });

  it.each(['host:0', 'host:99999', 'a b', '@host', 'host:', '[2001:db8::1'])('refuses %s', async (text) => {
    const { code, err, options } = await asked('--ssh', text);
    expect([code, err, options]).toEqual([1, expect.stringContaining('[option-value]'), undefined]);
  });

  it('takes the server of an access entry', async () => {
    const { options } = await asked('--access', 'oficina', '--client', 'acme');
    expect(options).toMatchObject({ server: null, access: 'oficina', client: 'acme' });
  });

  it('prints the keys in the form to paste', async () => {
    const { out } = await asked('--ssh', 'bastion.acme.example');
    expect(out).toContain('    hostKeys:\n      - ssh-ed25519 AAAAkey\n');
    expect(out).toContain('ssh-ed25519  SHA256:abc');
  });
});

describe('verify', () => {
  it.each([
    [[], 15_000],
    [['--wait', '40'], 40_000],
    [['--wait', '0'], 0],
  ])('waits: %s', async (flags, waitMs) => {
    const verifyWorkspace = vi.fn(async () => ({ report: null, diagnostics: [] }));
    await play(['verify', ...flags], { cwd, engine: { verifyWorkspace } });
    expect(verifyWorkspace.mock.calls).toMatchObject([[{}, { waitMs }]]);
  });
});
