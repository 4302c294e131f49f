import type { Actual } from '../../../../engine/model/index.ts';
import type { Reading } from '../../../contract.ts';
import { type About, strange } from '../../../transport/refusal.ts';
import type { Cfg } from '../cfg.ts';
import { accountsOf } from '../dialect.ts';
import type { CfgGeneration } from '../generation.ts';
import type { LineStatus, Status, WebName } from './face.ts';
import { wordsOf } from './registration.ts';

/** What one read of a phone brings. */
export interface Found {
  readonly web: WebName;
  readonly status: Status;
  readonly generation: CfgGeneration;
  readonly cfg: Cfg;
}

/**
 * Everything in one: what the phone is, and its accounts. A whole export leaves out only what was never changed [field], so that
 * a line that the status page shows must be in it.
 * @throws `strange-answer` where it is not
 */
export function readingOf({ web, status, generation, cfg }: Found, about: About): Reading {
  const accounts = accountsOf(cfg, generation, 'factory');
  const missing = usedLines(status).find((line) => !accounts.some(({ key }) => key === line));
  if (missing !== undefined) throw strange(`no line ${missing}, which the status page shows`, about);
  return {
    edition: editionOf(web, status),
    identity: status.mac === '' ? {} : { mac: status.mac },
    can: {
      guidedActions: {},
      guidedFields: {},
      hiddenFields: { account: ['password'] },
      commit: false,
      resets: ['account'],
    },
    resources: accounts.map((account) => withStatus(account, status)),
  };
}

/** `T46U, firmware 108.86.0.45, web c` */
export function editionOf(web: WebName, { model, firmware }: Status): string {
  return `${model || 'unknown model'}, firmware ${firmware || 'unknown'}, web ${web}`;
}

function usedLines({ lines }: Status): readonly string[] {
  return (lines ?? []).filter(({ used }) => used).map(({ line }) => line);
}

/** Passwords of an export are no state: one build masks them, another leaves them out. [unknown] */
function withStatus(account: Actual, { lines }: Status): Actual {
  const found: LineStatus | undefined = lines?.find(({ line }) => line === account.key);
  return { ...account, secrets: {}, observed: found === undefined ? {} : { status: wordsOf(found) } };
}
