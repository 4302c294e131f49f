import type { Driver } from '../../../providers/contract.ts';
import { locator } from '../../load/index.ts';
import { type Desired, type Diagnostic, targetOf } from '../../model/index.ts';
import type { TargetView } from '../../plan/index.ts';
import { groupBy } from '../../report/view.ts';
import { placed } from '../workspace/compile-all.ts';
import type { Workspace } from '../workspace/workspace.ts';

/**
 * The views with what each target, as it was read, cannot take of what is desired there: errors with file, line and column, and the
 * addresses that they block. Pure.
 */
export function withObjections(
  workspace: Pick<Workspace, 'files' | 'drivers'>,
  views: readonly TargetView[],
  desired: readonly Desired[],
): readonly TargetView[] {
  const byTarget = groupBy(desired, ({ address }) => targetOf(address));
  const locate = locator(workspace.files);
  return views.map((view) => {
    const driver = workspace.drivers.get(view.target.driver) ?? null;
    const found = objectionsTo(view, driver, byTarget.get(view.target.address) ?? []);
    if (found.length === 0) return view;
    const errors = found.filter(({ diagnostic }) => diagnostic.severity === 'error');
    return {
      ...view,
      objections: new Set(errors.map(({ of }) => of.address)),
      diagnostics: [
        ...view.diagnostics,
        ...found.map(({ of, diagnostic }) => placed(diagnostic, of.origin, locate)),
      ],
    };
  });
}

interface Objection {
  readonly of: Desired;
  readonly diagnostic: Diagnostic;
}

function objectionsTo(
  { target, reading }: TargetView,
  driver: Driver | null,
  desired: readonly Desired[],
): readonly Objection[] {
  if (reading === null || driver?.checkReading === undefined) return [];
  return desired.flatMap((of) =>
    (driver.checkReading?.(of, target, reading) ?? []).map((diagnostic) => ({ of, diagnostic })),
  );
}
