import { AltaError } from '../../../engine/model/index.ts';
import type { Registration } from '../../contract.ts';
import { answersOf } from './formats/answers.ts';
import { judge } from './judge.ts';
import { weigh } from './weigh.ts';

/**
 * Registrations out of pasted output: of the commands and actions that this observer knows, several after one another, with prompts, echoed
 * commands, colours and log lines between them. Of two looks at one name the later counts. Pure.
 * @throws AltaError `paste-unreadable` where it holds nothing known
 */
export function readPaste(
  text: string,
  filename: string,
): (keys: readonly string[]) => readonly Registration[] {
  const answers = answersOf(text);
  if (answers.length === 0) throw new AltaError('paste-unreadable', { filename });
  const known = weigh(answers);
  return (keys) => keys.map((key) => judge(key, known, { fronted: false, asked: null }));
}
