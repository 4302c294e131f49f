import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import type { PoweredSession } from '../../../providers/contract.ts';
import { type Box, error, newBox, page, STORED_SECRET } from './box.ts';
import { start } from './scene.ts';
import { creation, KEY, type Opening, PIN, type Reply, SIP_SECRET, update, using } from './support.ts';

const PORTAL = 'Panel-Canary-77';

/** Everything that one disturbed run lets out: errors, log lines, readings. */
async function output(box: Box, opening: Opening): Promise<string> {
  const logs: string[] = [];
  const attempts: ((session: PoweredSession) => Promise<unknown>)[] = [
    (session) => session.read({ kinds: ['extension'] }),
    (session) => session.apply(creation({ callerId: '910000001' }, '119')),
    (session) =>
      session.apply(update({ name: 'B' }, { portal: new Secret(PORTAL), sip: new Secret(SIP_SECRET) })),
    async (session) => session.registrations?.(['118']),
    async (session) => session.callFlows?.([{ name: 'V', number: '910000001' }]),
  ];
  const server = await start(box);
  const out = await using(server, { logs, ...opening }, async (session) => {
    const found: unknown[] = [];
    for (const attempt of attempts) found.push(await attempt(session).catch((reason: unknown) => reason));
    return found;
  }).catch((reason: unknown) => reason);
  return `${inspect(out, { depth: 12, showHidden: true })}${JSON.stringify(out)}${logs.join()}`;
}

const echo = `{"apikey":"${KEY}","secret":"${SIP_SECRET}","pin":"${PIN}","password":"${PORTAL}"`;

it.each<[string, Reply | undefined, Opening]>([
  ['no fault', undefined, {}],
  [
    'a refusal that repeats what was sent',
    error(`Required field 'secret=${SIP_SECRET}' contains invalid data`),
    {},
  ],
  ['a refusal nobody knows', error(`${SIP_SECRET} ${PORTAL} ${KEY} is odd`), {}],
  ['a refused key', error('Invalid API key.'), {}],
  ['an echo that is no JSON', { text: echo }, {}],
  ['an echo with a notice', page(`<br />\n<b>Warning</b>: ${echo}`), {}],
  ['an echo with status 500', { status: 500, text: echo }, {}],
  ['a redirection with the key', { status: 302, headers: { location: `/x?apikey=${KEY}` }, text: echo }, {}],
  ['a cut connection', 'drop', {}],
  ['another key', undefined, { key: `${KEY}x` }],
])('nothing secret gets out with %s', async (_what, reply, opening) => {
  const box = newBox('118');
  box.disturb = ({ action }) => (/^ext\.(add|edit|es)/.test(action) ? reply : undefined);
  const text = await output(box, opening);
  const digest = createHash('sha256').update(KEY).digest('hex');
  const canaries = [KEY, digest, SIP_SECRET, PORTAL, STORED_SECRET, 'App-Canary-77', '9081'];
  expect(canaries.filter((canary) => text.includes(canary))).toEqual([]);
});

it('nothing secret gets out where the key stands in the query', async () => {
  const text = await output({ ...newBox('118'), queryOnly: true }, {});
  expect([KEY, SIP_SECRET, PORTAL].filter((canary) => text.includes(canary))).toEqual([]);
});
