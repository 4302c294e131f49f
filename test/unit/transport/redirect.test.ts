import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../../providers/transport/http.ts';
import { refuseRedirect } from '../../../providers/transport/redirect.ts';

const about = { host: 'box.example', operation: 'login' };
const answer = (status: number, location?: string): HttpAnswer => ({
  status,
  headers: location === undefined ? {} : { location },
  body: Buffer.alloc(0),
});

describe('a redirection', () => {
  it.each([
    ['https://canary:canary@other.example:8443/canary?token=canary#canary', 'https://other.example:8443'],
    ['//other.example/canary', 'other.example'],
    ['\\\\other.example/canary', 'other.example'],
    ['/login?token=canary', '/'],
    ['login', '/'],
    ['javascript:canary', 'javascript:'],
  ])('to %s names %s only', (location, to) => {
    const act = () => refuseRedirect(answer(307, location), about);
    expect(act).toThrow(
      expect.objectContaining({
        code: 'redirected',
        params: { ...about, status: 307, to },
        written: undefined,
      }),
    );
  });

  it('of a write leaves open what was written', () => {
    const act = () => refuseRedirect(answer(302, '/'), { ...about, write: true });
    expect(act).toThrow(expect.objectContaining({ written: 'unknown' }));
  });
});

describe('no redirection', () => {
  it.each([
    [200, '/x'],
    [201, '/created'],
    [304, undefined],
    [404, undefined],
  ])('is %i with location %s', (status, location) => {
    const given = answer(status, location);
    expect(refuseRedirect(given, about)).toBe(given);
  });
});
