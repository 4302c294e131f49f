import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../engine/model/index.ts';
import { openHttp } from '../../../providers/transport/http.ts';
import { siteOf } from '../../../providers/transport/site.ts';
import { contextOf, thrown } from './servers.ts';

const via = {
  name: 'office',
  host: 'bastion.example',
  port: 22,
  user: 'alta',
  hostKeys: [],
  identity: { literal: '' },
};
const pin = `SHA256:${'A'.repeat(43)}`;

function endpoint(change: Partial<Endpoint>): Endpoint {
  return { url: 'https://box.example:8088', tls: {}, ...change };
}

describe('an endpoint', () => {
  it('is taken apart', () => {
    expect(siteOf(endpoint({ url: 'https://[2001:db8::1]:8088/api/' }))).toMatchObject({
      host: '[2001:db8::1]:8088',
      hostname: '2001:db8::1',
      port: 8088,
      base: '/api',
      encrypted: true,
    });
  });

  it.each([
    ['https://box.example', 443],
    ['http://box.example', 80],
  ])('%s has port %i', (url, port) => {
    expect(siteOf(endpoint({ url, insecure: 'lab' })).port).toBe(port);
  });

  it('with plain http is refused', async () => {
    const error = await thrown(openHttp(endpoint({ url: 'http://box.example' }), contextOf()));
    expect(error).toMatchObject({ code: 'insecure-url', params: { host: 'box.example' } });
  });

  it('with plain http needs a reason that says something', () => {
    expect(() => siteOf(endpoint({ url: 'http://box.example', insecure: ' ' }))).toThrow('insecure-url');
  });

  it('with plain http is allowed for a reason', () => {
    expect(siteOf(endpoint({ url: 'http://box.example', insecure: 'old box' })).encrypted).toBe(false);
  });

  it('with plain http is allowed in a tunnel', () => {
    expect(siteOf(endpoint({ url: 'http://box.example', via })).encrypted).toBe(false);
  });

  it.each([
    ['nonsense', 'not-a-url'],
    ['ftp://box.example', 'scheme'],
    ['https://box.example/?a=canary', 'query-in-url'],
    ['https://box.example/#canary', 'query-in-url'],
    ['https://canary:canary@box.example', 'user-in-url'],
  ])('%s is refused as %s, and not repeated', async (url, kind) => {
    const error = await thrown(openHttp(endpoint({ url }), contextOf()));
    expect(error).toMatchObject({ code: 'url-invalid', params: { kind } });
    expect(inspect(error, { depth: 9 })).not.toContain('canary');
  });

  it.each([
    ['three', [pin, pin, pin]],
    ['a hexadecimal one', ['SHA256:00ff']],
    ['one without its algorithm', ['A'.repeat(43)]],
  ])('with %s as pins is refused', (_name, pins) => {
    expect(() => siteOf(endpoint({ tls: { pins } }))).toThrow('tls-pins-invalid');
  });

  it('may have two pins, padded or not', () => {
    expect(siteOf(endpoint({ tls: { pins: [pin, `${pin}=`] } })).tls.pins).toHaveLength(2);
  });
});
