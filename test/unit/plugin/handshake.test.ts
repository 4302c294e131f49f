import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { framesOf, logLine } from '../../../stacks/plugin/log.ts';
import { createIdentity } from '../../../stacks/plugin/spawned/certificate.ts';
import { handshakeLine, handshakeOf } from '../../../stacks/plugin/spawned/handshake.ts';
import { magicCookie } from '../../support/plugin-client/index.ts';

const started = { ...magicCookie, PLUGIN_PROTOCOL_VERSIONS: '5,6' };

describe('the handshake', () => {
  it('is agreed on with the cookie, the protocol and this Node', () => {
    expect(handshakeOf(started, '20.18.1')).toEqual({ kind: 'agreed', client: null });
    expect(handshakeOf({ ...started, PLUGIN_CLIENT_CERT: 'pem' }, '24.0.0')).toEqual({
      kind: 'agreed',
      client: 'pem',
    });
  });

  it.each([{}, { TF_PLUGIN_MAGIC_COOKIE: 'wrong' }])(
    'tells a person what the program is for',
    (environment) => {
      const refused = handshakeOf(environment, '20.18.1');
      expect(refused).toMatchObject({ kind: 'refused', to: 'stderr' });
      expect(JSON.stringify(refused)).toContain('terraform init');
    },
  );

  it.each(['18.20.0', '20.9.0', '20.18.0'])('refuses Node %s in the line that Terraform shows', (node) => {
    const refused = handshakeOf(started, node);
    expect(refused).toMatchObject({ kind: 'refused', to: 'stdout' });
    expect(JSON.stringify(refused)).toContain(`needs Node.js 20.18.1 or later; ${node}`);
  });

  it.each([{}, { PLUGIN_PROTOCOL_VERSIONS: '5' }, { PLUGIN_PROTOCOL_VERSIONS: '4,5,16' }])(
    'refuses a client without protocol 6: %j',
    (versions) => {
      expect(handshakeOf({ ...magicCookie, ...versions }, '20.18.1')).toMatchObject({ to: 'stdout' });
    },
  );

  it('is one line', () => {
    const address = { network: 'unix', text: '/tmp/x/s' } as const;
    expect(handshakeLine(address, null)).toBe('1|6|unix|/tmp/x/s|grpc|\n');
    expect(handshakeLine(address, Uint8Array.of(1))).toBe('1|6|unix|/tmp/x/s|grpc|AQ\n');
  });
});

describe('the certificate', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const identity = createIdentity(now);
  const certificate = new X509Certificate(identity.certificate);

  it('is its own authority, for localhost, for a year', () => {
    expect(certificate).toMatchObject({ subject: 'CN=localhost', issuer: 'CN=localhost', ca: true });
    expect(certificate.subjectAltName).toBe('DNS:localhost');
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(new Date(certificate.validFrom)).toEqual(new Date('2026-11-22T12:00:00Z'));
    expect(new Date(certificate.validTo)).toEqual(new Date('2027-11-23T12:00:00Z'));
  });

  it('belongs to its key, and to one process alone', () => {
    expect(certificate.checkPrivateKey(createPrivateKey(identity.key))).toBe(true);
    expect(Buffer.from(identity.der)).toEqual(certificate.raw);
    const other = new X509Certificate(createIdentity(now).certificate);
    expect(other.serialNumber).not.toBe(certificate.serialNumber);
    expect(other.fingerprint256).not.toBe(certificate.fingerprint256);
  });
});

describe('the log', () => {
  it("is Terraform's: one JSON object for each line", () => {
    const line = logLine('warn', 'two\nlines', { frames: 'x' }, new Date(0));
    expect(line.endsWith('}\n')).toBe(true);
    expect(JSON.parse(line)).toEqual({
      '@level': 'warn',
      '@message': 'two\nlines',
      '@timestamp': '1970-01-01T00:00:00.000000Z',
      '@module': 'provider',
      frames: 'x',
    });
  });

  it('says where an error was thrown, not what it says', () => {
    const frames = framesOf(new Error('canary-4711\n    at canary-4711'));
    expect(frames).toContain('handshake.test.ts');
    expect(framesOf('canary-4711')).toBe('');
  });
});
