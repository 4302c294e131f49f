import { createHash, X509Certificate } from 'node:crypto';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import type { LabYeastarService } from '../../lab/index.ts';
import { bench } from './fixture.ts';
import { api, login, send } from './raw.ts';

function handshake(service: LabYeastarService, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const { hostname, port } = new URL(service.url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false, ...options });
    socket.once('secureConnect', () => resolve(socket)).once('error', reject);
  });
}

function pinsOf(socket: TLSSocket) {
  const certificate = new X509Certificate(socket.getPeerCertificate().raw);
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  const pin = (der: Buffer) => `SHA256:${createHash('sha256').update(der).digest('base64')}`;
  return { spki: pin(spki), certificate: pin(certificate.raw) };
}

describe('certificate', () => {
  test('is self-signed: a client that verifies refuses it', async () => {
    const { service } = await bench({ tls: true });
    await expect(login(service, 'v2.0.0', { rejectUnauthorized: true })).rejects.toThrow('self-signed');
  });

  test('verifies against its own PEM', async () => {
    const { service } = await bench({ tls: true });
    const answer = await login(service, 'v2.0.0', { rejectUnauthorized: true, ca: service.certificatePem });
    expect(answer.json.status).toBe('Success');
  });

  test('has the pins of the service', async () => {
    const { service } = await bench({ tls: true });
    const socket = await handshake(service);
    expect(pinsOf(socket)).toEqual(service.pins);
    socket.destroy();
  });

  test('rotates: new handshakes see the new one, an old session does not resume', async () => {
    const { service, box } = await bench({ tls: true });
    const before = service.pins;
    const first = await handshake(service, { maxVersion: 'TLSv1.2' });
    const session = first.getSession();
    first.destroy();
    const after = await box.rotateCertificate();
    const second = await handshake(service, { maxVersion: 'TLSv1.2', ...(session && { session }) });
    expect(second.isSessionReused()).toBe(false);
    expect(pinsOf(second)).toEqual(after);
    expect(service.pins).toEqual(after);
    expect(after.spki).not.toBe(before.spki);
    second.destroy();
  });

  test('plain HTTP has none to rotate', async () => {
    const { service, box } = await bench();
    expect(service.pins).toEqual({ spki: '', certificate: '' });
    await expect(box.rotateCertificate()).rejects.toThrow('no certificate');
  });
});

describe('an S50', () => {
  test('speaks TLS 1.2 with AES256-GCM-SHA384', async () => {
    const { service } = await bench({ tls: true, cipher: 's50' });
    const socket = await handshake(service);
    expect([socket.getProtocol(), socket.getCipher().name]).toEqual(['TLSv1.2', 'AES256-GCM-SHA384']);
    socket.destroy();
  });

  test('answers its API, also after its certificate rotates', async () => {
    const { service, box } = await bench({ tls: true, cipher: 's50' });
    await box.rotateCertificate();
    const v2 = await api(service);
    expect((await v2('extension/list')).json.extlist).toHaveLength(3);
  });

  test('refuses who insists on forward secrecy', async () => {
    const { service } = await bench({ tls: true, cipher: 's50' });
    await expect(handshake(service, { ciphers: 'ECDHE-RSA-AES256-GCM-SHA384' })).rejects.toThrow();
    await expect(send(service.url, '', { method: 'POST', minVersion: 'TLSv1.3' })).rejects.toThrow();
  });
});
