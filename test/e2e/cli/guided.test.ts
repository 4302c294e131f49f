import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, extension, openDesk, sede } from './desk.ts';

/** A box that only its panel speaks for: each test is the next thing a technician does. */
let desk: Desk;
const address = 'acme/pbx:sede/extension:2000';

beforeAll(async () => {
  desk = await openDesk([sede]);
  await desk.passwords(['2000']);
  await desk.declare([extension('2000', { name: 'Almacén' })], {
    pbx: { sede: { driver: 'yeastar', mode: 'guided' } },
  });
});

afterAll(() => desk.close());

describe('a box without API', () => {
  it('has its form in the plan, with the panel’s labels and no password', async () => {
    const { code, out } = await desk.run(['plan']);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/Press {2}\[Add\][\s\S]*Caller ID Name: Almacén[\s\S]*Press {2}\[Save\]/),
    ]);
    expect(out).toContain('(the secret extensions/sede/2000/sip of secrets.yaml)');
  });

  it('sets the exit code of a plan only where asked to', async () => {
    expect((await desk.run(['plan', '--detailed-exitcode'])).code).toBe(0);
    expect((await desk.run(['plan', '--detailed-exitcode', '--strict'])).code).toBe(2);
  });

  it('leaves the step pending in an apply', async () => {
    const { code, out } = await desk.run(['apply', '--yes']);
    expect([code, out]).toEqual([0, expect.stringContaining('1 waiting for a person')]);
  });

  it('has the step in the list of what waits', async () => {
    expect((await desk.run(['attest'])).out).toContain(address);
  });

  it('is not vouched for under another address', async () => {
    const { code, err } = await desk.run(['attest', 'acme/pbx:sede/extension:9999']);
    expect([code, err]).toEqual([1, expect.stringContaining('[nothing-to-attest]')]);
  });

  it('is vouched for by a person', async () => {
    const { code, out } = await desk.run(['attest', address, '--note', 'ticket 4711']);
    expect([code, out]).toEqual([0, `Vouched for: ${address}\n`]);
  });

  it('has nothing waiting after that', async () => {
    expect((await desk.run(['attest'])).out).toBe('No step waits for a person.\n');
    expect((await desk.run(['plan', '--detailed-exitcode'])).code).toBe(0);
  });

  it('is still not called proven', async () => {
    expect((await desk.run(['verify'])).out).not.toContain('✓');
  });

  it('was never contacted', () => {
    expect(desk.lab.box('sede').requests().total).toBe(0);
  });
});
