import { beforeAll, describe, expect, it } from 'vitest';
import { checkRecipients } from '../../../engine/secrets/index.ts';
import { bothGroups, type Person, person } from './support.ts';

let ana: Person;
beforeAll(async () => {
  ana = await person();
});

describe('recipients of alta.yaml', () => {
  it('are good where all are public keys', async () => {
    expect(await checkRecipients(bothGroups(ana.recipient))).toEqual([]);
  });

  it('may be missing', async () => {
    expect(await checkRecipients({ connect: {}, values: {} })).toEqual([]);
  });

  it('are named where they are bad, all at once', async () => {
    const mistyped = `${ana.recipient.slice(0, -1)}${ana.recipient.endsWith('q') ? 'p' : 'q'}`;
    const found = await checkRecipients({
      connect: { ci: 'age1short' },
      values: { ana: mistyped, eva: ana.recipient },
    });
    expect(found).toEqual([
      { severity: 'error', code: 'recipient-invalid', params: { group: 'connect', name: 'ci' } },
      { severity: 'error', code: 'recipient-invalid', params: { group: 'values', name: 'ana' } },
    ]);
  });

  it('that are ssh keys are bad', async () => {
    const [found] = await checkRecipients({ connect: { ci: 'ssh-ed25519 AAAA' }, values: {} });
    expect(found?.code).toBe('recipient-invalid');
  });

  it('that are private keys are said to be so and not repeated', async () => {
    const found = await checkRecipients({ connect: { ana: ana.text }, values: {} });
    expect(found.map(({ code }) => code)).toEqual(['recipient-is-private']);
    expect(JSON.stringify(found)).not.toContain(ana.text.slice(16, 40));
  });

  it('are at most four a group', async () => {
    const connect = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, ana.recipient]));
    expect(await checkRecipients({ connect, values: {} })).toEqual([
      { severity: 'error', code: 'recipients-too-many', params: { group: 'connect', count: 5, max: 4 } },
    ]);
  });
});
