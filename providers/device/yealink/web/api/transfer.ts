import type { Secret } from '../../../../../engine/model/index.ts';
import { failure, strange } from '../../../../transport/refusal.ts';
import type { Cfg } from '../../cfg.ts';
import { form, multipart } from '../dialect.ts';
import { wordOf } from '../errors.ts';
import { cfgIn } from '../export.ts';
import { aboutRequest, type Link } from '../link.ts';
import { isOk, refusalIn } from './answers.ts';
import { type Call, call, jsonOf, understood } from './call.ts';

const PAGE = 'SettingConfig';
const PATH = '/api/diagnosis/cfg/file';

/** What the page does before it exports or imports. [field] */
async function openPage(link: Link): Promise<void> {
  const question: Call = {
    path: '/api/autop/status',
    query: { noAutoJump: 'true', atptaskid: '0' },
    page: PAGE,
    operation: 'autop/status',
  };
  understood(await call(link, question), link, question);
}

/** The whole configuration of the phone. [field] @throws `device-logged-out`, `strange-answer` */
export async function exported(link: Link): Promise<Cfg> {
  await openPage(link);
  const question: Call = {
    method: 'POST',
    path: PATH,
    query: { action: 'export', type: 'all' },
    page: PAGE,
    operation: 'cfg/export',
  };
  const token = link.pass.token;
  if (token === null) throw strange('no token', aboutRequest(link, question));
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await call(link, { ...question, headers, body: form({ csrfmiddlewaretoken: token }) });
  if (answer.status !== 200 || jsonOf(answer) !== null) understood(answer, link, question);
  return cfgIn(answer, aboutRequest(link, question));
}

/**
 * Uploads a partial file: only the keys in it change. The name of the form field rests on one source. [field]
 * @throws `config-refused`, `device-logged-out`, `strange-answer`, with what was written
 */
export async function imported(link: Link, file: Secret, object: string): Promise<void> {
  await openPage(link);
  const upload = multipart([{ name: 'CFGConfigUpload', filename: 'alta.cfg', value: file }]);
  const question: Call = {
    method: 'POST',
    path: PATH,
    query: { action: 'import' },
    page: PAGE,
    operation: 'cfg/import',
    headers: { 'content-type': upload.type },
    body: upload.body,
    write: true,
    object,
  };
  const answer = await call(link, question);
  refuseWord(answer.status === 200 ? jsonOf(answer) : null, link, question);
  const json = understood(answer, link, question);
  if (!('ret' in json)) throw strange('no verdict', aboutRequest(link, question));
}

/** A refusal that is about the file, and not about who sends it. */
function refuseWord(json: ReturnType<typeof jsonOf>, link: Link, question: Call): void {
  if (json === null || !('ret' in json) || isOk(json)) return;
  const { word, webStatus } = refusalIn(json);
  if (webStatus !== '' || /^auth_/.test(word)) return;
  const untouched = ['noparam', 'large'].includes(word);
  throw failure(
    'config-refused',
    wordOf(word),
    aboutRequest(link, question),
    untouched ? 'nothing' : 'unknown',
  );
}
