import type { Secret } from '../../../../../engine/model/index.ts';
import type { HttpAnswer } from '../../../../transport/http.ts';
import { failure, strange } from '../../../../transport/refusal.ts';
import type { Cfg } from '../../cfg.ts';
import { form, multipart, sealed } from '../dialect.ts';
import { loggedOut, misunderstood, wordOf } from '../errors.ts';
import { cfgIn } from '../export.ts';
import { aboutRequest, type Link, type Question } from '../link.ts';
import { addressOf, askAsUser, lacking, open, pages, servlet } from './ask.ts';
import { keyOn } from './form.ts';
import { resultOf, textOf, variable } from './page.ts';

/** Larger uploads are refused by the phone; ours have a few lines. [field] */
const MAX_UPLOAD = '100KB';

/** The export of the builds without modules. [field] */
const oldExport = { p: 'settings-config', q: 'localconfig', type: 'export', configfile: '1' } as const;

/** The whole configuration of the phone. @throws `device-logged-out`, `strange-answer` */
export async function exported(link: Link): Promise<Cfg> {
  const question = servlet('cfg/export', pages.export);
  const answer = await askAsUser(link, question);
  const found = answer.status === 404 ? await exportedOld(link) : answer;
  const about = aboutRequest(link, question);
  if (/^\s*</.test(found.body.toString('latin1', 0, 64))) throw lacking('a page', found, about);
  return cfgIn(found, about);
}

async function exportedOld(link: Link): Promise<HttpAnswer> {
  const { token } = await openConfig(link, link.target.address);
  return askAsUser(link, { ...servlet('cfg/export', oldExport), ...formPost({ token }) });
}

function formPost(fields: Readonly<Record<string, string>>): Pick<Question, 'method' | 'headers' | 'body'> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', headers, body: form(fields) };
}

/**
 * Uploads a partial file, from the page that does it: only the keys in it change. [field]
 * @throws `config-refused`, `device-logged-out`, `strange-answer`, with what was written
 */
export async function imported(link: Link, file: Secret, object: string): Promise<void> {
  const { page, token } = await openConfig(link, object);
  const key = keyOn(page) ?? link.pass.key;
  const maxlength = key === null ? null : sealed(MAX_UPLOAD, key);
  const upload = multipart([
    { name: 'token', value: token },
    { name: 'UploadName', filename: 'alta.cfg', value: file },
  ]);
  const question: Question = {
    ...servlet('cfg/import', { ...pages.import, maxlength: maxlength ?? '' }),
    method: 'POST',
    headers: { 'content-type': upload.type, referer: addressOf(link, pages.config) },
    body: upload.body,
    write: true,
    object,
  };
  if (maxlength === null) throw strange('no key on the page', aboutRequest(link, question), 'nothing');
  judge(await askAsUser(link, question), link, question);
}

/** The page of export and import, with its token: without it the phone refuses a form. [field] */
async function openConfig(link: Link, object: string): Promise<{ page: string; token: string }> {
  const operation = 'settings-config/load';
  const answer = await open(link, operation, pages.config);
  const page = textOf(answer);
  const token = variable(page, 'g_strToken');
  if (answer.status === 200 && token !== '') return { page, token };
  throw lacking('no token', answer, { ...aboutRequest(link, servlet(operation, pages.config)), object });
}

/** `{"type":"localcfg","result":0}`: a number is success, whatever it is; a word is why not. [field] */
function judge(answer: HttpAnswer, link: Link, question: Question): void {
  const about = aboutRequest(link, question);
  const result = resultOf(textOf(answer));
  const said = { ...(typeof result === 'object' ? result : {}) } as Readonly<Record<string, unknown>>;
  if (answer.status === 413) throw failure('config-refused', 'large', about, 'nothing');
  if (said.authstatus === 'none') throw loggedOut('authstatus none', about);
  if (answer.status !== 200 || said.result === undefined) throw misunderstood('no result', answer, about);
  const word = wordOf(said.result);
  if (/^\d+$/.test(word)) return;
  const untouched = ['noparam', 'large'].includes(word);
  throw failure('config-refused', word, about, untouched ? 'nothing' : 'unknown');
}
