import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import type { PoweredSession } from '../../../providers/contract.ts';
import { accessOf, type Box, newBox, refreshOf, row } from './box.ts';
import { start } from './scene.ts';
import {
  type Answer,
  all,
  CLIENT_SECRET,
  creation,
  deletion,
  only,
  PORTAL_SECRET,
  refusal,
  SIP_SECRET,
  update,
  using,
} from './support.ts';

const PIN = '40719265';
const STORED = 'Stored-Qp7rXb9s';
const ECHO = `{"access_token":"${accessOf(1)}","reg_password":"${SIP_SECRET}"`;

const attempts: readonly ((session: PoweredSession) => Promise<unknown> | undefined)[] = [
  (session) => session.read(all),
  (session) => session.read(only('10', '11')),
  (session) => session.apply(creation({ name: 'Eva' }, '11')),
  (session) => session.apply(creation({ name: 'Eva', nat: true })),
  (session) => session.apply(update({ name: 'B', nat: true }, { pin: new Secret(PIN) })),
  (session) => session.apply(deletion()),
  (session) => session.registrations?.(['10']),
  (session) => session.callFlows?.([{ name: 'Centralita' }]),
];

/** Everything that one disturbed run lets out: errors, log lines, readings. */
async function output(box: Box): Promise<string> {
  const logs: string[] = [];
  const out = await using(await start(box), { logs }, async (session) => {
    const found: unknown[] = [];
    for (const attempt of attempts) found.push(await attempt(session)?.catch((error: unknown) => error));
    return found;
  });
  return `${inspect(out, { depth: 12, showHidden: true })}${JSON.stringify(out)}${logs.join()}`;
}

it.each<[string, Answer | undefined]>([
  ['no fault', undefined],
  ['a refusal that echoes', refusal(40002, `PARAMETER ERROR ${SIP_SECRET} ${PIN} ${accessOf(1)}`)],
  ['a number that nobody knows', refusal(99999, `${PORTAL_SECRET}`)],
  ['an echo that is no JSON', { text: ECHO }],
  ['an echo with status 500', { status: 500, text: ECHO }],
  [
    'a redirection with the token',
    { status: 302, headers: { location: `/x?access_token=${accessOf(1)}` }, text: ECHO },
  ],
  ['a cut connection', 'drop'],
])('nothing secret gets out with %s', async (_what, answer) => {
  const box = newBox(row('10', { reg_password: STORED, user_password: PORTAL_SECRET, vm_pin: '90817263' }));
  box.hides = [];
  box.disturb = ({ path }) => (/create|update|delete|getpassword/.test(path) ? answer : undefined);
  const text = await output(box);
  const canaries = [
    SIP_SECRET,
    PORTAL_SECRET,
    STORED,
    PIN,
    '90817263',
    CLIENT_SECRET,
    accessOf(1),
    refreshOf(1),
    Buffer.from(STORED).toString('base64'),
  ];
  expect(canaries.filter((canary) => text.includes(canary))).toEqual([]);
});
