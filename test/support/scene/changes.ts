import { expect } from 'vitest';
import type { Running } from '../terraform.ts';
import type { PlannedChange, PlanOutcome, Scene } from './contract.ts';

/** As much of `terraform show -json` as is asked here. */
interface ShownPlan {
  readonly resource_changes?: readonly ShownChange[];
}

interface ShownChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
  };
}

/** Plans into `plan.tfplan`, and reads what it says; null where the plan fails. */
export async function plannedIn(
  scene: Pick<Scene, 'run'>,
  terraform: (...args: readonly string[]) => Promise<Running>,
  args: readonly string[],
): Promise<PlanOutcome> {
  const { code, output } = await scene.run('plan', '-detailed-exitcode', '-out=plan.tfplan', ...args);
  if (code !== 0 && code !== 2) return { output, changes: null };
  const shown = await (await terraform('show', '-json', 'plan.tfplan')).outcome;
  expect(shown.code, shown.output).toBe(0);
  const { resource_changes = [] } = JSON.parse(shown.output) as ShownPlan;
  const changes = resource_changes.flatMap(plannedChange);
  return { output, changes: changes.sort((a, b) => (a.address < b.address ? -1 : 1)) };
}

function plannedChange({ address: label, type, change }: ShownChange): PlannedChange[] {
  const actions = change.actions.join(' ');
  const what = change.after ?? change.before ?? {};
  if (actions === 'no-op' || actions === 'read') return [];
  const { target, number, line } = what;
  const own = type === 'alta_extension' ? `extension:${String(number)}` : `account:${String(line)}`;
  return [{ address: type.startsWith('alta_') ? `${String(target)}/${own}` : label, label, actions }];
}
