import { X509Certificate } from 'node:crypto';
import dns from 'node:dns/promises';
import type tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { peekCertificate } from '../../../providers/transport/peek.ts';
import { peekHostKeys } from '../../../providers/transport/peek-ssh.ts';
import { pinsOf } from '../../../providers/transport/tls.ts';
import { newKey, startBastion } from './bastion.ts';
import { type Certificate, plainEndpoint, selfSigned, serveHttps, serveTcp, thrown } from './servers.ts';

/** Adds one authority to those of the system. */
const authority = vi.hoisted(() => ({ cert: '' }));
vi.mock('node:tls', async (original) => {
  const real = await original<typeof import('node:tls')>();
  return {
    ...real,
    connect: (options: tls.ConnectionOptions) => real.connect({ ...options, ca: authority.cert }),
  };
});

const never = new AbortController().signal;
const cleanup: (() => Promise<void>)[] = [];
let vouched: Certificate;

beforeAll(async () => {
  const ca = await selfSigned('Authority of the test');
  authority.cert = ca.cert;
  vouched = await selfSigned('box.example', ca);
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const end of cleanup.splice(0).reverse()) await end();
});

async function peek(certificate: Certificate, hostname = '127.0.0.1') {
  const requests: string[] = [];
  const server = await serveHttps(certificate, (request, response) => {
    requests.push(request.url ?? '');
    response.end();
  });
  cleanup.push(server.close);
  vi.spyOn(dns, 'lookup').mockResolvedValue([{ address: '127.0.0.1', family: 4 }] as never);
  const shown = await peekCertificate({ url: `https://${hostname}:${server.port}`, tls: {} }, never);
  return { ...shown, requests };
}

describe('a certificate', () => {
  it('is verified where an authority of the system vouches for its name', async () => {
    expect(await peek(vouched, 'box.example')).toMatchObject({ verified: true, requests: [] });
  });

  it('is not verified under another name', async () => {
    expect(await peek(vouched, 'other.example')).toMatchObject({ verified: false });
  });

  it('that nobody vouches for is shown with its pins, its name and its time', async () => {
    const own = await selfSigned('phone.example');
    const shown = await peek(own);
    expect(shown).toMatchObject({
      verified: false,
      pins: pinsOf(new X509Certificate(own.cert)),
      subject: 'CN=phone.example',
      issuer: 'CN=phone.example',
      requests: [],
    });
    expect(Date.parse(shown.validTo ?? '')).toBeGreaterThan(Date.parse(shown.validFrom ?? ''));
  });
});

it('has nothing to show of plain http', async () => {
  expect(await peekCertificate(plainEndpoint(1), never)).toBeNull();
});

it('does not wait for a server that says nothing once the run is over', async () => {
  const server = await serveTcp(() => {});
  cleanup.push(server.close);
  const stop = new AbortController();
  const peeking = thrown(peekCertificate({ url: `https://127.0.0.1:${server.port}`, tls: {} }, stop.signal));
  setTimeout(() => stop.abort(), 30);
  expect(await peeking).toMatchObject({ code: 'aborted' });
});

describe('host keys', () => {
  it('end with those that the server has', async () => {
    const bastion = await startBastion({ hostKeys: [newKey()] });
    cleanup.push(bastion.close);
    const found = await peekHostKeys('127.0.0.1', bastion.port, never);
    expect(found.map(({ type }) => type)).toEqual(['ssh-ed25519']);
    expect(bastion.events.filter((event) => event.startsWith('auth'))).toEqual([]);
  });

  it('of a server that cannot be reached are not there', async () => {
    expect(await thrown(peekHostKeys('127.0.0.1', 1, never))).toMatchObject({
      code: 'ssh-unreachable',
      params: { bastion: '127.0.0.1:1', kind: 'ECONNREFUSED' },
    });
  });

  it('are not waited for once the run is over', async () => {
    const server = await serveTcp(() => {});
    cleanup.push(server.close);
    const stop = new AbortController();
    const peeking = thrown(peekHostKeys('127.0.0.1', server.port, stop.signal));
    setTimeout(() => stop.abort(), 30);
    expect(await peeking).toMatchObject({ code: 'ssh-unreachable' });
  });
});
