import { type LineStatus, plainFirmware, plainModel, type Status } from '../face.ts';
import { aboutRequest, type Link } from '../link.ts';
import { lacking, open, pages, servlet } from './ask.ts';
import { accountStatus, macOf, textOf, variable } from './page.ts';

/** What the login form says of the phone. */
export interface Told {
  readonly model: string;
  readonly firmware: string;
}

export function toldOn(page: string): Told {
  return {
    model: plainModel(variable(page, 'g_phonetype')),
    firmware: plainFirmware(variable(page, 'g_strFirmware')) || firmwareIn(page),
  };
}

/** @throws `device-logged-out`, `strange-answer` for a page with neither a MAC nor lines */
export async function status(link: Link, told: Told): Promise<Status> {
  const operation = 'status/load';
  const answer = await open(link, operation, pages.status);
  const page = textOf(answer);
  const found = { mac: macOf(page), lines: linesOn(page) };
  const about = aboutRequest(link, servlet(operation, pages.status));
  if (answer.status !== 200 || (found.mac === '' && found.lines === null))
    throw lacking('no status page', answer, about);
  const here = toldOn(page);
  return { ...found, model: here.model || told.model, firmware: here.firmware || told.firmware };
}

/** A version that follows the word, where no variable of the page has it. [inference] */
function firmwareIn(page: string): string {
  return /firmware[^0-9]{0,200}?(\d{1,3}(?:\.\d{1,3}){3})\b/i.exec(page)?.[1] ?? '';
}

function linesOn(page: string): readonly LineStatus[] | null {
  const accounts = accountStatus(page);
  if (accounts === null) return null;
  return Object.entries(accounts).flatMap(([name, text]) => {
    const line = /^Account([1-9]\d?)$/.exec(name)?.[1];
    if (line === undefined) return [];
    const code = text.slice(text.lastIndexOf(':') + 1).trim();
    return [{ line, used: /^[^@:\s]+@/.test(text), code }];
  });
}
