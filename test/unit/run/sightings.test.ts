import { describe, expect, it } from 'vitest';
import { bothSay } from '../../../engine/run/verify/sightings.ts';
import type { Registration } from '../../../providers/contract.ts';

function said(
  status: Registration['status'],
  evidence: string,
  over: Partial<Registration> = {},
): Registration {
  return { key: '10', status, evidence, ...over };
}

describe('two witnesses of one registration', () => {
  it('are one where only one speaks', () => {
    const one = said('registered', 'Idle');
    expect(bothSay(one, undefined)).toBe(one);
    expect(bothSay(undefined, one)).toBe(one);
    expect(bothSay(undefined, undefined)).toBeUndefined();
  });

  it('agree, and both are quoted', () => {
    const found = bothSay(said('registered', 'Idle'), said('registered', 'OK (23 ms)'));
    expect(found).toEqual({ key: '10', status: 'registered', evidence: 'Idle · OK (23 ms)' });
  });

  it.each([
    [said('unknown', 'not listed'), said('registered', 'OK'), 'registered'],
    [said('unregistered', 'Unavailable'), said('unknown', 'no peer'), 'unregistered'],
    [said('unknown', ''), said('unknown', ''), 'unknown'],
  ])('leave it to the one who knows: %#', (first, second, status) => {
    expect(bothSay(first, second)?.status).toBe(status);
  });

  it('contradict each other: nobody knows, and another look may tell', () => {
    const found = bothSay(said('registered', 'Idle'), said('unregistered', 'UNREACHABLE'));
    expect(found).toEqual({ key: '10', status: 'unknown', evidence: 'Idle · UNREACHABLE', trying: true });
  });

  it('keep the key of the first, the contact of whoever has one, and that it is being tried', () => {
    const second = said('unregistered', 'b', { key: 'ext10', contact: '192.0.2.10', trying: true });
    expect(bothSay(said('unregistered', 'a'), second)).toEqual({
      key: '10',
      status: 'unregistered',
      evidence: 'a · b',
      contact: '192.0.2.10',
      trying: true,
    });
  });
});
