import { AltaError } from '../../../../engine/model/index.ts';
import type { HttpAnswer } from '../../../transport/http.ts';
import type { About } from '../../../transport/refusal.ts';
import { type Cfg, HEADER, parseCfg } from '../cfg.ts';
import { misunderstood } from './errors.ts';

/**
 * The settings in an exported file, if it is a whole one: an empty body, a page, or a file that was cut off would otherwise
 * read as a phone without accounts. That a whole file ends with a line feed is an [inference].
 * @throws `strange-answer`
 */
export function cfgIn(answer: HttpAnswer, about: About): Cfg {
  if (answer.status !== 200) throw misunderstood('no export', answer, about);
  const text = decoded(answer.body);
  if (text === null) throw misunderstood('not text', answer, about);
  const cfg = settingsIn(text, answer, about);
  if (cfg.length === 0 && !text.startsWith(HEADER)) throw misunderstood('no settings', answer, about);
  if (!text.endsWith('\n')) throw misunderstood('cut off', answer, about);
  return cfg;
}

/** UTF-8 [vendor-docs]; a byte order mark is skipped. */
function decoded(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

function settingsIn(text: string, answer: HttpAnswer, about: About): Cfg {
  try {
    return parseCfg(text, about.operation);
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    throw misunderstood(`${error.params.kind}, line ${error.params.line}`, answer, about);
  }
}
