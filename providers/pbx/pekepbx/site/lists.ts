import type { Rows } from '../pages.ts';
import { fingerprintOf } from '../profile/fingerprint.ts';
import { isJson, type Json, valueAt } from '../profile/path.ts';
import type { Box, Company } from '../tenant.ts';
import type { CallProbe, Said } from './contract.ts';
import { callProbe, type Trial, tried } from './trial.ts';
import { rawList, rawRows } from './visit.ts';

/** What a list came to. */
export interface Listed {
  /** As the profile says. */
  readonly list: Trial<Rows>;
  /** Rows to look at: those of the list, or those of the only list in an answer that the profile does not understand. */
  readonly rows: readonly Json[];
  readonly call: CallProbe;
}

/** Asks for a list. Where it is not as the profile says: where lists are is what helps. */
export async function listProbe(kind: string, box: Box, company: Company): Promise<Listed> {
  const list = await tried(rawRows(box, company, kind));
  const found = callProbe(`resources.${kind}.list`, list, shown);
  if (list.ok) return { list, rows: list.value.rows, call: found };
  const body = await tried(rawList(box, company, kind));
  const answer = body.ok && isJson(body.value) ? body.value : {};
  const places = arraysIn(answer);
  if (places.length === 0) return { list, rows: [], call: found };
  const evidence: readonly Said[] = [...found.evidence, { says: 'lists-at', of: { places } }];
  const [only, second] = places;
  const stray = only === undefined || second !== undefined ? [] : valueAt(answer, only);
  return {
    list,
    rows: Array.isArray(stray) ? stray.filter(isJson) : [],
    call: { ...found, evidence },
  };
}

function shown({ rows, pages }: Rows): Said {
  return { says: 'pages', of: { rows: rows.length, pages } };
}

function arraysIn(body: Json): readonly string[] {
  return Object.entries(fingerprintOf([body])).flatMap(([key, types]) =>
    types.includes('array') ? [key] : [],
  );
}
