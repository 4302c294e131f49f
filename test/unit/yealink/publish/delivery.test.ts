import { describe, expect, it } from 'vitest';
import { fetchedSince } from '../../../../providers/device/yealink/publish/delivery.ts';
import { logLine, MAC } from './desk.ts';

const changed = Date.parse('2026-11-23T03:10:05.700Z');
const second = 1_000;

function said(lines: readonly string[], complete = true): string {
  return fetchedSince({ text: lines.map((line) => `${line}\n`).join(''), complete }, MAC, changed);
}

describe('an access log', () => {
  it('that is not there says nothing', () => {
    expect(fetchedSince(null, MAC, changed)).toBe('unknown');
  });

  it('without a fetch says that it waits', () => {
    expect(said([])).toBe('waiting');
  });

  it('proves a fetch after the change', () => {
    expect(said([logLine(changed + second)])).toBe('fetched');
  });

  it.each([
    ['an earlier fetch', logLine(changed - second)],
    ['one in the second of the change', logLine(changed + 200)],
    ['the file of another phone', logLine(changed + second, { path: '/805ec0000002.cfg' })],
    ['another file of this phone', logLine(changed + second, { path: `/${MAC}.boot` })],
    ['a longer name', logLine(changed + second, { path: `/x${MAC}.cfg` })],
    ['a query that names it', logLine(changed + second, { path: `/a.cfg?${MAC}.cfg` })],
    ['a login that was asked for', logLine(changed + second, { status: 401 })],
    ['a file that was not found', logLine(changed + second, { status: 404 })],
    ['a browser', logLine(changed + second, { agent: 'Mozilla/5.0' })],
    ['another method', logLine(changed + second).replace('"GET', '"HEAD')],
    ['a request that is quoted in another', logLine(changed + second).replace('"GET ', '"GET /x\\"GET ')],
    ['nonsense', `GET /${MAC}.cfg HTTP/1.1" 200`],
  ])('does not take %s for one', (_name, line) => {
    expect(said([line])).toBe('waiting');
  });

  it.each([
    ['304', logLine(changed + second, { status: 304 })],
    ['a folder', logLine(changed + second, { path: `/prov/acme/${MAC}.cfg` })],
    ['upper case', logLine(changed + second, { path: `/${MAC.toUpperCase()}.cfg` })],
    ['a query', logLine(changed + second, { path: `/${MAC}.cfg?token=x` })],
    ['no agent', logLine(changed + second, { agent: '-' })],
    ['the common format', logLine(changed + second).replace(/ "-" ".*$/, '')],
    ['a virtual host before it', `files.example.com:443 ${logLine(changed + second)}`],
    ['another time zone', logLine(changed + second + 3_600_000).replace('+0000', '+0100')],
  ])('takes %s', (_name, line) => {
    expect(said([line])).toBe('fetched');
  });

  it('that begins after the change says nothing, since the fetch may be in an older one', () => {
    const other = logLine(changed + second, { path: '/805ec0000002.cfg' });
    expect(said([other], false)).toBe('unknown');
  });

  it('that is cut says that it waits where it reaches back before the change', () => {
    const older = logLine(changed - second, { path: '/805ec0000002.cfg' });
    expect(said(['cut off', older], false)).toBe('waiting');
  });
});
