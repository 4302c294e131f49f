import { AltaError, type ObserverPlace } from '../../../engine/model/index.ts';
import type { Registration } from '../../contract.ts';
import { answersOf } from './formats/answers.ts';
import { judge } from './judge.ts';
import { optionsOf } from './options.ts';
import { weigh } from './weigh.ts';

/**
 * Registrations out of pasted output: of the commands and actions that this observer knows, several after one another, with prompts, echoed
 * commands, colours and log lines between them. Of two looks at one name the later counts. Behind a proxy an address proves as little as where
 * Asterisk itself is asked. Pure.
 * @throws AltaError `paste-unreadable` where it holds nothing known
 */
export function readPaste(
  text: string,
  filename: string,
  place?: ObserverPlace,
): (keys: readonly string[]) => readonly Registration[] {
  const answers = answersOf(text);
  if (answers.length === 0) throw new AltaError('paste-unreadable', { filename });
  const known = weigh(answers);
  const fronted = place !== undefined && optionsOf(place).fronted;
  return (keys) => keys.map((key) => judge(key, known, { fronted, asked: null }));
}
