import { inspect } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { type Answer, html } from '../../../support/serve.ts';
import { takeApi } from './api-phone.ts';
import { answering, idOf, newPhone, type Phone } from './phone.ts';
import { takeServlet } from './servlet-phone.ts';
import {
  type Call,
  creation,
  open,
  PASSWORD,
  relabel,
  type Server,
  SIP_SECRET,
  scope,
  servePhone,
} from './support.ts';

let server: Server | undefined;
afterEach(() => server?.stop());

const ECHO = `{"ret":"failed","msg":"${SIP_SECRET} ${PASSWORD}"}`;

/** Everything that one disturbed visit lets out: errors, log lines, readings. */
async function output(phone: Phone, take: (phone: Phone, call: Call) => Answer): Promise<string> {
  server = await servePhone(answering(phone, take));
  const logs: string[] = [];
  const found: unknown[] = [];
  const session = await open(server, { logs }).catch((error: unknown) => error);
  found.push(session instanceof Error ? session : 'opened');
  if (session instanceof Error || session === undefined)
    return `${inspect(found, { depth: 12 })}${logs.join()}`;
  const { read, apply, ready, close } = session as Awaited<ReturnType<typeof open>>;
  for (const attempt of [() => read(scope), () => apply(creation), () => apply(relabel), ready])
    found.push(await attempt().catch((error: unknown) => error));
  await close();
  return `${inspect(found, { depth: 12 })}${JSON.stringify(found)}${logs.join()}`;
}

const kinds: readonly [string, () => Phone, (phone: Phone, call: Call) => Answer][] = [
  ['b0', () => newPhone('28.81.0.60'), takeServlet('b0')],
  ['b1', () => newPhone('52.84.0.15'), takeServlet('b1')],
  ['c', newPhone, takeApi],
];
const faults: readonly [string, RegExp, Answer | undefined][] = [
  ['no fault', /^$/, undefined],
  ['an echo in place of the export', /exportcfgconfig|localconfig|action=export/, { text: ECHO }],
  ['an echo in place of the verdict', /mod_res|action=import/, { text: ECHO }],
  ['a page with the echo', /mod_res|action=import|exportcfg/, html(ECHO)],
  ['an echo in place of the login', /q=login$|auth\/login/, { text: ECHO }],
  [
    'a redirection',
    /status/,
    { status: 302, headers: { location: `https://192.0.2.9/?x=${PASSWORD}` }, text: '' },
  ],
  ['a cut connection', /mod_res|action=import/, 'drop'],
];

it.each(
  kinds.flatMap(([web, ...kind]) => faults.map(([what, ...fault]) => [web, what, kind, fault] as const)),
)('nothing secret gets out over %s with %s', async (_web, _what, [make, take], [where, answer]) => {
  const phone = make();
  phone.settings.set('account.1.password', 'Zt5kPm-Wq8sLc2vXn6bH');
  phone.disturb = ({ path, query }) => (where.test(`${path}?${query}`) ? answer : undefined);
  const text = await output(phone, take);
  const sent =
    server?.calls.map(({ path, query, headers }) => `${path}?${query} ${headers.referer}`).join() ?? '';
  const canaries = [SIP_SECRET, PASSWORD, 'Zt5kPm-Wq8sLc2vXn6bH', idOf(phone)];
  expect(canaries.filter((canary) => text.includes(canary) || sent.includes(canary))).toEqual([]);
});
