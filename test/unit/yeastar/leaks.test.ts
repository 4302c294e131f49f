import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import type { PoweredSession } from '../../../providers/contract.ts';
import { answerOf, type Box, extension, newBox, tokenOf } from './box.ts';
import {
  creation,
  failed,
  PASSWORD,
  type Reply,
  type Server,
  SIP_SECRET,
  serveBox,
  update,
  using,
} from './support.ts';

let server: Server | undefined;
afterEach(() => server?.stop());

const PIN = '40719265';
const ECHO = `{"token":"0f1e2d3c","registerpassword":"${SIP_SECRET}"`;

/** Everything that one disturbed run lets out: errors, log lines, readings. */
async function output(box: Box): Promise<string> {
  server = await serveBox(answerOf(box));
  const logs: string[] = [];
  const attempts: ((session: PoweredSession) => Promise<unknown>)[] = [
    (session) => session.read({ kinds: ['extension'] }),
    (session) => session.apply(creation({ name: 'Almacen' }, '11')),
    (session) => session.apply(update({ name: 'B' }, { pin: new Secret(PIN) })),
  ];
  const out = await using(server, { logs }, async (session) => {
    const found: unknown[] = [];
    for (const attempt of attempts) found.push(await attempt(session).catch((error: unknown) => error));
    return found;
  });
  return `${inspect(out, { depth: 12 })}${JSON.stringify(out)}${logs.join()}`;
}

it.each<[string, Reply | 'drop' | undefined]>([
  ['no fault', undefined],
  ['a refusal', failed('10017')],
  ['too many writes', failed('10025')],
  ['an echo that is no JSON', { status: 200, text: ECHO }],
  ['an echo with status 500', { status: 500, text: ECHO }],
  [
    'a redirection with the token',
    { status: 302, headers: { location: `/x?token=0f1e2d3c4b5a` }, text: ECHO },
  ],
  ['a cut connection', 'drop'],
])('nothing secret gets out with %s', async (_what, reply) => {
  const box = newBox();
  box.extensions.set('10', extension('10', { vmsecret: '90817263' }));
  box.disturb = ({ path }) => (/add|update/.test(path) ? reply : undefined);
  const text = await output(box);
  const digest = createHash('md5').update(PASSWORD).digest('hex');
  const canaries = [
    SIP_SECRET,
    PIN,
    'Zt5kPm-Wq8sLc2vXn6bH',
    '90817263',
    PASSWORD,
    digest,
    tokenOf(box),
    '0f1e2d3c',
  ];
  expect(canaries.filter((canary) => text.includes(canary))).toEqual([]);
});
