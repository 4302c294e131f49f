import type { RegistrationReader } from '../../../providers/contract.ts';
import { AltaError, type Desired, type Target, targetOf } from '../../model/index.ts';
import { isSelected, type Selection, type TargetView } from '../../plan/index.ts';
import { groupBy } from '../../report/view.ts';
import type { RunContext } from '../contract.ts';
import type { Gathered } from '../targets/gather.ts';
import { pastedRegistrations } from '../targets/observations.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { extensionOf, isExpected } from './registration-checks.ts';
import type { Watched } from './registrations.ts';
import type { VerifyOptions } from './verify-contract.ts';

/**
 * The targets that can be asked, with what is in scope there. The extension of an account is asked for with it: it is its other side.
 *
 * @param pasted address of the only target that is asked: the one whose words were pasted
 */
export function watchedOf(
  workspace: Workspace,
  { compiled, input }: Gathered,
  selection: Selection,
  pasted: string | undefined,
): readonly Watched[] {
  const asked = askedIn(input.desired, selection);
  const active = input.desired.filter(isExpected);
  const expected = new Set(active.flatMap((account) => [account.address, extensionOf(account)]));
  const views = new Map(input.views.map((view) => [view.target.address, view]));
  const all = input.desired.filter(({ address }) => asked.has(address));
  const byTarget = groupBy(all, ({ address }) => targetOf(address));
  return compiled.targets.flatMap((target): Watched[] => {
    const view = views.get(target.address);
    const own = byTarget.get(target.address) ?? [];
    const driver = view?.status === 'read' ? (workspace.drivers.get(target.driver) ?? null) : null;
    const witnessed =
      pasted === undefined ? driver !== null || target.observer !== undefined : pasted === target.address;
    if (own.length === 0 || !witnessed) return [];
    const missed = own.map(({ address }) => address).filter((address) => expected.has(address));
    return [{ target, driver, asked: own, expected: new Set(missed), names: namesOf(own, view) }];
  });
}

/** Addresses of what is selected, and of the extension of each selected account. */
function askedIn(desired: readonly Desired[], selection: Selection): ReadonlySet<string> {
  const wanted = desired.filter(({ address }) => isSelected(address, selection));
  return new Set(wanted.flatMap((one) => [one.address, extensionOf(one) ?? one.address]));
}

/** The registration name: as the PBX shows it, as declared, as the PBX will compute it, or the number itself. */
function namesOf(desired: readonly Desired[], view: TargetView | undefined): ReadonlyMap<string, string> {
  const shown = new Map(
    (view?.reading?.resources ?? []).map(({ key, values }) => [key, values.registrationName]),
  );
  return new Map(
    desired.map(({ address, key, values, computed }) => {
      const name = shown.get(key) ?? values.registrationName ?? computed?.registrationName ?? key;
      return [address, String(name)];
    }),
  );
}

/**
 * Where a pasted text belongs, and a reader of it; null without one.
 * @throws AltaError `paste-needs-target` where more than one PBX is in scope, and what reading it throws
 */
export async function pastedFor(
  context: RunContext,
  gathered: readonly Gathered[],
  { pasted, selection }: VerifyOptions,
): Promise<{ readonly target: string; readonly reader: RegistrationReader } | null> {
  if (pasted === undefined) return null;
  const pbxs = gathered.flatMap(({ compiled, input }) => {
    const inScope = new Set([...askedIn(input.desired, selection)].map(targetOf));
    return compiled.targets.filter(({ kind, address }) => kind === 'pbx' && inScope.has(address));
  });
  const [target, other] = pbxs;
  if (target === undefined || other !== undefined) throw ambiguous(pbxs, pasted.filename);
  return { target: target.address, reader: await pastedRegistrations(context, target, pasted) };
}

function ambiguous(pbxs: readonly Target[], filename: string): AltaError {
  const targets = pbxs.map(({ address }) => address);
  return new AltaError('paste-needs-target', { filename, count: targets.length, targets });
}
