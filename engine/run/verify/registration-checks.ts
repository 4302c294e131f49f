import type { Registration } from '../../../providers/contract.ts';
import type { Check, Desired } from '../../model/index.ts';
import { groupBy } from '../../report/view.ts';

/**
 * Both sides of every registration: what the PBX says of the extension, and below it what each device says of its accounts. `found`: what
 * the targets answered, by address. Pure.
 */
export function registrationChecks(
  desired: readonly Desired[],
  found: ReadonlyMap<string, Registration>,
): readonly Check[] {
  const extensions = desired.filter(({ kind }) => kind === 'extension');
  const accounts = groupBy(
    desired.filter(({ kind }) => kind === 'account'),
    (account) => extensionOf(account) ?? '',
  );
  const known = new Set(extensions.map(({ address }) => address));
  const others = [...accounts].flatMap(([extension, own]) => (known.has(extension) ? [] : own));
  return [
    ...extensions.flatMap((extension) => bothSides(extension, accounts.get(extension.address) ?? [], found)),
    ...others.map((account) => accountCheck(account, found.get(account.address), false)),
  ];
}

function bothSides(
  extension: Desired,
  accounts: readonly Desired[],
  found: ReadonlyMap<string, Registration>,
): readonly Check[] {
  const expected = accounts.filter(isExpected);
  const side = found.get(extension.address);
  const alone = expected.length === 1 && side?.status === 'registered';
  return [
    extensionCheck(extension, expected, side),
    ...accounts.map((account) => accountCheck(account, found.get(account.address), alone)),
  ];
}

/** The address of the extension that an account registers as. */
export function extensionOf({ dependsOn }: Desired): string | undefined {
  return dependsOn.find((address) => address.includes('/extension:'));
}

/** A line that is switched off registers nowhere. */
export function isExpected({ kind, values }: Desired): boolean {
  return kind === 'account' && values.active !== false;
}

/** An extension that no line of a device uses is not expected to be registered. */
function extensionCheck(
  { address }: Desired,
  accounts: readonly Desired[],
  found: Registration | undefined,
): Check {
  const expects = accounts.map((account) => account.address);
  const rest = { evidence: found?.evidence ?? '', ...(expects.length === 0 ? {} : { expects }) };
  const base = { address, check: 'registration' } as const;
  if (found === undefined || found.status === 'unknown') return { ...base, result: 'unknown', ...rest };
  if (found.status === 'registered') return { ...base, result: 'passed', ...rest };
  return { ...base, result: expects.length > 0 ? 'failed' : 'not-expected', ...rest };
}

/**
 * `alone`: the PBX sees the extension registered, and nobody but this account could have. Where several may have, the PBX's word proves
 * none of them.
 */
function accountCheck(account: Desired, found: Registration | undefined, alone: boolean): Check {
  const base = { address: account.address, check: 'registration' } as const;
  const evidence = found?.evidence ?? '';
  if (!isExpected(account)) return { ...base, result: 'not-expected', evidence };
  if (found === undefined || found.status === 'unknown') {
    return { ...base, result: 'unknown', evidence, ...(alone ? { seen: 'pbx-only' as const } : {}) };
  }
  return { ...base, result: found.status === 'registered' ? 'passed' : 'failed', evidence };
}
