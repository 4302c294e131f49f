import type { Session } from './access.ts';
import type { Box } from './box.ts';
import { idOf } from './dialect.ts';
import type { Failure } from './failures.ts';
import { type Company, codeOf } from './model.ts';
import type { Call } from './wire.ts';

/** The companies a call may see: one that it names, or all of them, where the dialect lets it name none. */
export function companiesFor(box: Box, call: Call, session: Session): Company[] | Failure {
  const named = namedIn(box, call, session);
  if (typeof named === 'object' && 'kind' in named) return named;
  if (session.company === undefined) return named === undefined ? [...box.companies.values()] : [named];
  const own = box.companies.get(session.company);
  if (own === undefined || (named !== undefined && named !== own)) return { kind: 'forbidden' };
  return [own];
}

/** The company with an id as the dialect has it. */
export function companyWith(box: Box, id: string): Company | undefined {
  return [...box.companies.values()].find(({ entry }) => String(idOf(box.dialect, entry)) === id);
}

function namedIn(box: Box, call: Call, session: Session): Company | Failure | undefined {
  const { scope } = box.dialect;
  if (scope.by === 'switch') return switched(box, session);
  const id = scope.by === 'query' ? call.query.get(scope.name) : call.header(scope.name);
  if (id === null || id === undefined || id === '') {
    const optional = scope.by === 'query' || session.company !== undefined;
    return optional ? undefined : { kind: 'noCompany', given: false };
  }
  return companyWith(box, id) ?? { kind: 'noCompany', given: true };
}

function switched(box: Box, session: Session): Company | Failure | undefined {
  if (session.company !== undefined) return undefined;
  const entered = box.companies.get(session.entered ?? '');
  return entered ?? { kind: 'noCompany', given: false };
}

/** Ties a token to a company. */
export function enter(session: Session, company: Company): void {
  session.entered = codeOf(company);
}
