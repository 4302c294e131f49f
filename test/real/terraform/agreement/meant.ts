import type { Change } from '../../../../engine/model/index.ts';

/**
 * What Terraform shows of a change that Alta plans. Both plan with the same code; they differ where Terraform knows no such thing:
 *
 *  - Alta's `record` writes its own state and nothing else. Terraform has no word for that: what is taken over as it is, is created in its
 *    state; a new label is another value of the argument `target` or `extension`; what became as it is declared by itself, the refresh
 *    has taken in before the plan.
 *  - Alta asks for consent to delete, and counts what is deleted or gone against its limits, per run. Under Terraform that is the business
 *    of whoever approves the plan; only a PBX that shows nothing at all is refused.
 *  - What the YAML says may be taken over is imported, and then updated.
 *  - A plan of Terraform has no blocked changes: what may not be taken over fails the plan.
 */
function meant(
  { action, address, section, blocked }: Change,
  { adopting, moved }: Around,
): readonly string[] {
  if (blocked?.code === 'needs-adopt') return [`blocked ${address}`];
  if (action !== 'record') return [`${action} ${address}`];
  if (section === 'adopted') return [`${adopting ? 'update' : 'create'} ${address}`];
  return moved ? [`update ${address}`] : [];
}

interface Around {
  /** The YAML says that it may be taken over. */
  readonly adopting: boolean;
  /** The PBX has another label: whatever names it is written otherwise. */
  readonly moved: boolean;
}

/** All of it; where something is blocked, Terraform shows nothing else. */
export function meantBy(changes: readonly Change[], around: Around): readonly string[] {
  const all = changes.flatMap((change) => meant(change, around)).sort();
  const blocked = all.filter((one) => one.startsWith('blocked'));
  return blocked.length > 0 ? blocked : all;
}
