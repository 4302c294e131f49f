import { misunderstood } from '../errors.ts';
import { type LineStatus, plainFirmware, plainMac, plainModel, type Status } from '../face.ts';
import type { Link } from '../link.ts';
import { aboutRequest } from '../link.ts';
import { isJson, type Json, pick, textIn } from './answers.ts';
import { askFor, type Call, call, understood } from './call.ts';

/** What the status page asks for. Base stations (`W70B`) are not asked for accounts. [field] */
const ids = ['system', 'network', 'cert', 'account.info'] as const;

function idsFor(model: string): readonly string[] {
  return /^W\d/.test(model) ? ids.slice(0, 3) : ids;
}

/** @throws `device-logged-out`, `strange-answer` */
export async function status(link: Link): Promise<Status> {
  const about = await askFor(link, 'StatusGeneral', 'status/wui', ['wui']);
  const model = plainModel(textIn(about, 'wui.device.phoneName', 'wui.device.model'));
  const found = await askFor(link, 'StatusGeneral', 'status/general', idsFor(model));
  const either = (...names: readonly string[]) => textIn(found, ...names) || textIn(about, ...names);
  return {
    mac: plainMac(either('network.common.mac', 'wui.device.mac')),
    model,
    firmware: plainFirmware(either('system.version.firmware', 'wui.device.firmware')),
    lines: linesIn(found),
  };
}

function linesIn(answer: Json): readonly LineStatus[] | null {
  const list = pick(answer.data, 'account.info') ?? pick(answer, 'account.info');
  if (!Array.isArray(list)) return null;
  const rows = list.filter(isJson);
  // Counted from nought by a build that shows a line 0. [inference]
  const shift = rows.some((row) => numberOf(row.id) === 0) ? 1 : 0;
  return rows.flatMap((row, index) => {
    const line = (numberOf(row.id) ?? index + 1 - shift) + shift;
    const used = ['userName', 'registerName', 'sipServer'].some((name) => textIn(row, name) !== '');
    return line < 1 ? [] : [{ line: String(line), used, code: textIn(row, 'status') }];
  });
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : null;
}

/** Whether a call is under way; null where this build has no page that tells. [field] */
export async function inCall(link: Link): Promise<boolean | null> {
  const question: Call = {
    path: '/api/common/info/status/talking',
    page: 'SettingUpgrade',
    operation: 'status/talking',
  };
  const answer = await call(link, question);
  if (answer.status === 404) return null;
  const { data } = understood(answer, link, question);
  const said = truthOf(isJson(data) ? data.talking : data);
  if (said === null) throw misunderstood('neither yes nor no', answer, aboutRequest(link, question));
  return said;
}

function truthOf(value: unknown): boolean | null {
  const word = typeof value === 'string' || typeof value === 'number' ? String(value) : value;
  if (word === true || word === 'true' || word === '1') return true;
  return word === false || word === 'false' || word === '0' ? false : null;
}
