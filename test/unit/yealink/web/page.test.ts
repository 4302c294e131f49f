import { describe, expect, it } from 'vitest';
import { pick } from '../../../../providers/device/yealink/web/api/answers.ts';
import { plainFirmware, plainMac, plainModel } from '../../../../providers/device/yealink/web/face.ts';
import { keepCookies, newPass } from '../../../../providers/device/yealink/web/pass.ts';
import {
  accountStatus,
  macOf,
  resultOf,
  variable,
} from '../../../../providers/device/yealink/web/servlet/page.ts';
import { toldOn } from '../../../../providers/device/yealink/web/servlet/status.ts';

describe('a variable of a page', () => {
  it.each([
    ['var g_rsa_n = "a1b2";', 'a1b2'],
    ["g_rsa_n='c3'", 'c3'],
    ['var not_g_rsa_n = "x";', ''],
    ['', ''],
  ])('in %j is %j', (page, value) => {
    expect(variable(page, 'g_rsa_n')).toBe(value);
  });
});

describe('the result of a page', () => {
  it.each<[string, unknown]>([
    ['<div id="_RES_INFO_">{"authstatus":"done"}</div>', { authstatus: 'done' }],
    ['<div style="x" id=_RES_INFO_>\n{&quot;result&quot;:0}\n</div>', { result: 0 }],
    ['<div id="_RES_INFO_">oops</div>', undefined],
    ['<div id="other">{}</div>', undefined],
  ])('in %j', (page, value) => {
    expect(resultOf(page)).toEqual(value);
  });
});

describe('the accounts of a status page', () => {
  it.each<[string, unknown]>([
    ['var g_dataAccStatus = g_json.ParseJSON("{\\"Account1\\":\\"a@b:2\\"}");', { Account1: 'a@b:2' }],
    ['var g_dataAccStatus = \'{"Account1":"a@b:2"}\';', { Account1: 'a@b:2' }],
    ['var g_dataAccStatus = {"Account1":"a@b:2"};', { Account1: 'a@b:2' }],
    ['var g_dataAccStatus = "";\nvar other = {"Account1":"a@b:2"};', null],
    ['var g_dataAccStatus = {broken};', null],
  ])('in %j', (page, value) => {
    expect(accountStatus(page)).toEqual(value);
  });
});

describe('the MAC of a page', () => {
  it.each([
    ['the only one', 'x 80:5e:c0:00:00:01 y', '805ec0000001'],
    ['the same one twice', 'dvalue="80:5E:C0:00:00:01">80-5e-c0-00-00-01<', '805ec0000001'],
    ['without separators', 'var g_strMac = "805EC0000001";', '805ec0000001'],
    [
      'the one that is said to be it',
      'MAC 80:5e:c0:00:00:01\nWi-Fi MAC 80:5e:c0:00:00:02\nRouter 00:00:5e:00:53:01',
      '805ec0000001',
    ],
    ['none where two could be it', 'MAC 80:5e:c0:00:00:01\nMAC 80:5e:c0:00:00:02', ''],
    ['none where none is', 'IPv6 2001:db8::1', ''],
  ])('is %s', (_which, page, mac) => {
    expect(macOf(page)).toBe(mac);
  });
});

it('finds model and firmware on a form, and firmware in a table', () => {
  expect(toldOn('var g_phonetype="SIP-T46S"; var g_strFirmware="66.84.0.15";')).toEqual({
    model: 'T46S',
    firmware: '66.84.0.15',
  });
  expect(toldOn('<td>Firmware Version</td><td>28.81.0.60</td>').firmware).toBe('28.81.0.60');
});

it.each([
  ['tags', '<div '],
  ['results', '<div id="_RES_INFO_">'],
  ['accounts', 'g_dataAccStatus = '],
  ['names', 'mac'],
  ['words', 'firmware '],
])(
  'a page full of %s that never end is read in time',
  (_what, piece) => {
    const page = piece.repeat(1_000_000 / piece.length);
    expect([variable(page, 'g_rsa_n'), resultOf(page), accountStatus(page), macOf(page)]).toEqual([
      '',
      undefined,
      null,
      '',
    ]);
    expect(toldOn(page)).toEqual({ model: '', firmware: '' });
  },
  5_000,
);

describe('plain forms', () => {
  it.each([
    [plainMac, '80:5E:C0:00:00:01', '805ec0000001'],
    [plainMac, '80:5E:C0', ''],
    [plainModel, 'Yealink SIP-T46U', 'T46U'],
    [plainModel, '<script>', ''],
    [plainFirmware, ' 108.86.0.45 ', '108.86.0.45'],
    [plainFirmware, '108.86.0.45"', ''],
  ] as const)('%# of %j', (plain, text, value) => {
    expect(plain(text)).toBe(value);
  });
});

describe('a dotted name', () => {
  it.each<[unknown, unknown]>([
    [{ 'a.b.c': 1 }, 1],
    [{ a: { b: { c: 1 } } }, 1],
    [{ 'a.b': { c: 1 } }, 1],
    [{ a: { 'b.c': 1 } }, 1],
    [{ a: { b: 1 } }, undefined],
    [null, undefined],
  ])('in %j', (value, found) => {
    expect(pick(value, 'a.b.c')).toBe(found);
  });
});

describe('cookies', () => {
  const keptAfter = (...lines: string[]) => {
    const pass = newPass();
    for (const line of lines)
      keepCookies(pass, { status: 200, headers: { 'set-cookie': line }, body: Buffer.of() });
    return [...pass.cookies.keys()];
  };

  it('are kept, several of one answer too', () => {
    expect(keptAfter('JSESSIONID=a; Path=/; HttpOnly\ncsrftoken=b')).toEqual(['JSESSIONID', 'csrftoken']);
  });

  it('go when the phone takes them back', () => {
    expect(keptAfter('a=1\nb=2', 'a=; Path=/', 'b=x; Max-Age=0')).toEqual([]);
  });

  it('that would break a header are passed over', () => {
    expect(keptAfter('bad name=1', 'a="quoted; x"', 'noequals')).toEqual([]);
  });
});
