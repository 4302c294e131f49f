import { expect, it } from 'vitest';
import { maskLine } from '../../../engine/load/mask.ts';

const shown = (line: string): string => maskLine(line, '', { start: 0, end: 1 }, null, false).code;

it.each([
  ['a password right under an extension', '    sip: LeakB22222'],
  ['one beside another mistake', '  - { pbx: main, number: "10", nat: 1, secrets: { sip: LeakH88888 } }'],
  ['one in the place of a name', '  - { nme: A, secrets: { sip: { secret: LeakI99999 } } }'],
  ['one under a made-up key', '    secrets: { sip: { value: LeakD44444 } }'],
  ['a quoted one', '    portal: "Leak C33333"'],
])('hides %s', (_, line) => {
  expect(shown(line)).not.toMatch(/Leak/);
});

it.each([
  ['the SIP settings of a PBX', '    sip: { server: sip.example.net, port: 5060, transport: udp }'],
  ['the name of a secret', '    secrets: { sip: { secret: extensions/main/110/sip } }'],
  ['where a secret comes from', '    secrets: { sip: { source: pbx }, pin: { env: ALTA_PIN } }'],
])('shows %s', (_, line) => {
  expect(shown(line)).toBe(line);
});
