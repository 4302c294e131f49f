import type { AltaError } from '../../../engine/model/index.ts';
import type { Write, Written } from '../../contract.ts';
import { failure } from '../../transport/refusal.ts';
import type { Inventory } from './inventory.ts';
import { aboutOf, type Link, type Question } from './link.ts';
import type { Row, Surroundings } from './rows.ts';
import { questionFor, type Scoped } from './scope.ts';
import { type Box, type Company, companyVariables } from './tenant.ts';

/** What a session knows by the time it writes. */
export interface Known {
  readonly company: Company;
  readonly inventory: Inventory;
}

/** What a write came to: the answer, and the rows as they are now. Null rows = they must be read again. */
export interface Outcome {
  readonly written: Written;
  readonly rows: readonly Row[] | null;
}

/** The request of a write, narrowed to the company. @param more id and number */
export function asked(
  write: Write,
  box: Box,
  { company }: Known,
  more: Readonly<Record<string, string>>,
): Question & Scoped {
  const question = questionFor(box, company, 'extension', write.action, more);
  if (question === null) throw new TypeError(`the profile has no ${write.action} of extension`);
  return { ...question, write: true, object: write.address };
}

export function surroundings({ company, inventory }: Known): Surroundings {
  return { variables: companyVariables(company), choices: inventory.choices };
}

/** Somebody removed it meanwhile. */
export function absent(write: Pick<Write, 'address'>, link: Link, evidence: string): AltaError {
  const about = aboutOf(link, { operation: 'extension/get', object: write.address, write: true });
  return failure('not-found', evidence, about, 'nothing');
}
