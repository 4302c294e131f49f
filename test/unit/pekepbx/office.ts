/** What three servers of tests have in common: what they hold, not how they say it. */

export interface Person {
  readonly id: number;
  readonly company: string;
  readonly number: string;
  readonly fields: Record<string, unknown>;
}

export interface Did {
  readonly id: number;
  readonly company: string;
  readonly number: string;
  readonly leads?: readonly [kind: string, to: number | null];
}

/** A server with two companies, the people of both, and a memory of what it was asked. */
export interface Office {
  readonly companies: readonly { readonly id: string; readonly name: string }[];
  people: Person[];
  dids: Did[];
  queues: { id: number; company: string; name: string; number: string; members: string[] }[];
  /** Logins tried, right or wrong. */
  logins: number;
  logouts: number;
  refreshes: number;
  /** Tokens that still work. */
  readonly tokens: Set<string>;
  /** Extensions that a company may have. */
  quota: number;
  next: number;
}

export function newOffice(): Office {
  return {
    companies: [
      { id: '90001', name: 'Acme S.L.' },
      { id: '90002', name: 'Beta S.A.' },
    ],
    people: [],
    dids: [
      { id: 71, company: '90001', number: '34910000001', leads: ['extension', 501] },
      { id: 72, company: '90001', number: '34910000002', leads: ['queue', 31] },
      { id: 79, company: '90002', number: '34910000009' },
    ],
    queues: [],
    logins: 0,
    logouts: 0,
    refreshes: 0,
    tokens: new Set(),
    quota: 500,
    next: 501,
  };
}

/** The n-th token of an office: tests look for it in logs. */
export function issue(office: Office): string {
  const token = `eyJhbGciOi.canary-token-${office.logins}-${office.refreshes}.c2lnbmF0dXJl`;
  office.tokens.add(token);
  return token;
}

export function hire(
  office: Office,
  number: string,
  fields: Record<string, unknown>,
  company = '90001',
): Person {
  const person = { id: office.next, company, number, fields: { ...fields } };
  office.next += 1;
  office.people.push(person);
  return person;
}

export function personBy(office: Office, id: string): Person | undefined {
  return office.people.find((one) => String(one.id) === id);
}

export function personAt(office: Office, number: string, company = '90001'): Person | undefined {
  return office.people.find((one) => one.number === number && one.company === company);
}
