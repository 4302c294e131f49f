import { describe, expect, it } from 'vitest';
import { judge } from '../../../providers/observer/asterisk/judge.ts';
import type { Answer, Sighting } from '../../../providers/observer/asterisk/sighting.ts';
import { weigh } from '../../../providers/observer/asterisk/weigh.ts';

const answer = (change: Partial<Answer>): Answer => ({
  from: 'sip show peers',
  technology: 'sip',
  lists: 'all',
  complete: true,
  sightings: [],
  unknown: [],
  ...change,
});

const seen = (change: Partial<Sighting>): Sighting => ({
  name: '10',
  binding: 'held',
  reach: 'reachable',
  words: 'OK (1 ms)',
  at: '192.0.2.10:5060',
  ...change,
});

const judged = (sightings: readonly Sighting[], fronted: boolean, change: Partial<Answer> = {}) =>
  judge('10', weigh([answer({ sightings, ...change })]), { fronted, asked: ['sip'] });

const none = { binding: 'none', reach: 'pending', words: '(Unspecified), UNKNOWN' } as const;
const other = seen({ name: '11', at: '192.0.2.11:5060' });

describe('a phone that Asterisk holds an address of', () => {
  it.each([
    ['reachable', 'registered', undefined],
    ['lagged', 'registered', undefined],
    ['unmonitored', 'registered', undefined],
    ['pending', 'unknown', true],
    ['unreachable', 'unregistered', undefined],
    ['unsaid', 'unknown', undefined],
  ] as const)('%s is %s', (reach, status, trying) => {
    const found = judged([seen({ reach })], false);
    expect([found.status, found.trying]).toEqual([status, trying]);
  });
});

describe('behind a proxy', () => {
  it.each([
    ['an address alone proves nothing', seen({}), 'unknown', 'the proxy in front, which proves no phone'],
    ['nor does one that nobody looks at', seen({ reach: 'unmonitored' }), 'unknown', 'proves no phone'],
    ['a registration that runs does', seen({ expires: 41 }), 'registered', 'runs for another 41 s'],
    ['not one that has run out', seen({ expires: -1 }), 'unknown', 'proves no phone'],
    [
      'nobody who answers is nobody who answers',
      seen({ reach: 'unreachable' }),
      'unregistered',
      'unreachable',
    ],
    ['a fixed address is the proxy', seen({ binding: 'fixed' }), 'unknown', 'fixed address'],
    ['no address: the proxy may hold it', seen(none), 'unknown', 'the proxy in front may hold it'],
  ] as const)('%s', (_what, sighting, status, words) => {
    const found = judged([sighting], true);
    expect(found.status).toBe(status);
    expect(found.evidence).toContain(words);
  });

  it('no address, while Asterisk holds those of others, is nobody', () => {
    expect(judged([seen(none), other], true).status).toBe('unregistered');
  });

  it('a contact of chan_pjsip came with a REGISTER', () => {
    expect(judged([seen({})], true, { technology: 'pjsip' }).status).toBe('registered');
  });
});

describe('a name that both channel drivers have', () => {
  const both = (sip: Partial<Sighting>, pjsip: Partial<Sighting>) => {
    const answers = [
      answer({ sightings: [seen(sip)] }),
      answer({ from: 'pjsip show endpoints', technology: 'pjsip', sightings: [seen(pjsip)] }),
    ];
    return judge('10', weigh(answers), { fronted: false, asked: ['sip', 'pjsip'] });
  };

  it('is registered where one of them says so', () => {
    expect(both(none, {}).evidence).toMatch(/^pjsip show endpoints: OK/);
    expect(both({}, none)).toMatchObject({ status: 'registered', contact: '192.0.2.10:5060' });
  });

  it('is not where neither does', () => {
    expect(both(none, none).status).toBe('unregistered');
    expect(both(none, { binding: 'fixed' }).status).toBe('unknown');
  });
});

describe('a name that is not listed', () => {
  const words = 'Peer 10 not found.';
  const missing = (everywhere: boolean) => ({ name: '10', words, everywhere });

  it.each([
    ['of chan_sip proves nothing', [answer({})], ['sip'], 'unknown'],
    ['nor does memory', [answer({ unknown: [missing(false)] })], ['sip'], 'unknown'],
    ['the database does', [answer({ unknown: [missing(true)] })], ['sip'], 'unregistered'],
    ['a whole list of chan_pjsip does', [answer({ technology: 'pjsip' })], ['pjsip'], 'unregistered'],
    ['a torn one does not', [answer({ technology: 'pjsip', complete: false })], ['pjsip'], 'unknown'],
    ['nor one of contacts', [answer({ technology: 'pjsip', lists: 'contacts' })], ['pjsip'], 'unknown'],
    ['one of the two is not enough', [answer({ technology: 'pjsip' })], ['sip', 'pjsip'], 'unknown'],
    [
      'what chan_pjsip does not know says nothing of chan_sip',
      [answer({ technology: 'pjsip', unknown: [missing(true)] })],
      ['sip', 'pjsip'],
      'unknown',
    ],
  ] as const)('%s', (_what, answers, asked, status) => {
    expect(judge('10', weigh(answers), { fronted: false, asked }).status).toBe(status);
  });

  it('that a list may have cut proves nothing', () => {
    const known = weigh([answer({ technology: 'pjsip' })]);
    const status = (key: string) => judge(key, known, { fronted: false, asked: ['pjsip'] }).status;
    expect([status('a'.repeat(40)), status('a'.repeat(41))]).toEqual(['unregistered', 'unknown']);
  });

  it('says so in Asterisk’s words, and nothing that contradicts them', () => {
    const found = judge('10', weigh([answer({ from: 'sip show peer load', unknown: [missing(true)] })]), {
      fronted: false,
      asked: ['sip'],
    });
    expect(found.evidence).toBe('sip show peer load: Peer 10 not found.; Asterisk knows nobody of that name');
  });
});
