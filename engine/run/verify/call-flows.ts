import type { CallFlow, Driver } from '../../../providers/contract.ts';
import { formatNumber } from '../../compile/number.ts';
import { type Check, type Diagnostic, type Target, toDiagnostic } from '../../model/index.ts';
import type { CallFlow as DeclaredFlow, NumberFormat } from '../../model/input.ts';
import type { Gathered } from '../targets/gather.ts';
import type { Sessions } from '../targets/sessions.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** The declared call flows of one client, held against what its PBXs tell. */
export interface FlowProof {
  readonly checks: readonly Check[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Asks each PBX that can tell where calls go. The others leave it to a person, with a line of its own. */
export async function proveCallFlows(
  workspace: Workspace,
  sessions: Sessions,
  { compiled, input }: Gathered,
): Promise<FlowProof> {
  const client = workspace.loaded.clients.find(({ id }) => id === compiled.client);
  const flows = client?.data.checks?.callFlows ?? [];
  const proofs = compiled.targets.map(async (target): Promise<FlowProof> => {
    const own = flows.filter(({ pbx }) => target.kind === 'pbx' && pbx === target.label);
    const view = input.views.find((one) => one.target.address === target.address);
    const driver = workspace.drivers.get(target.driver) ?? null;
    if (own.length === 0) return nothing;
    if (view?.status !== 'read' || driver === null) return { ...nothing, checks: own.map(byHand(target)) };
    return proveOn(target, driver, own, sessions);
  });
  const all = await Promise.all(proofs);
  return {
    checks: all.flatMap(({ checks }) => checks),
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
  };
}

const nothing: FlowProof = { checks: [], diagnostics: [] };

async function proveOn(
  target: Target,
  driver: Driver,
  flows: readonly DeclaredFlow[],
  sessions: Sessions,
): Promise<FlowProof> {
  try {
    const { callFlows } = await sessions.open(target, driver, 'read');
    if (callFlows === undefined) return { ...nothing, checks: flows.map(byHand(target)) };
    const found = await callFlows(flows.map((flow) => questionOf(flow, target)));
    return { ...nothing, checks: flows.map((flow, index) => flowCheck(target, flow, found[index])) };
  } catch (error) {
    const diagnostic = toDiagnostic(error, { address: target.address });
    return {
      checks: flows.map((flow) => ({ ...byHand(target)(flow), result: 'unknown' })),
      diagnostics: [diagnostic],
    };
  }
}

function questionOf({ name, number }: DeclaredFlow, { options }: Target) {
  if (number === undefined) return { name };
  return { name, number: formatNumber(number, options.numberFormat as NumberFormat | undefined) };
}

function byHand(target: Target): (flow: DeclaredFlow) => Check {
  return (flow) => flowCheck(target, flow, undefined);
}

/**
 * An extension that a flow does not reach is a failure only where the PBX shows all of the flow. The evidence is the flow's name, the
 * declared extensions each with a sign, and the PBX's own words: every language reads it. Pure.
 */
export function flowCheck({ address }: Target, flow: DeclaredFlow, found: CallFlow | undefined): Check {
  const base = { address, check: 'call-flow' } as const;
  if (found === undefined)
    return { ...base, result: 'manual', evidence: `${flow.name}: ${flow.reaches.join(', ')}` };
  const reached = new Set(found.reaches);
  const sure = found.status === 'absent' || (found.status === 'found' && found.complete);
  const sign = (number: string): string => (reached.has(number) ? '✓' : sure ? '✗' : '?');
  const signs = flow.reaches.map((number) => `${number} ${sign(number)}`).join(', ');
  const evidence = [`${flow.name}: ${signs}`, found.evidence].filter((word) => word !== '').join(' · ');
  const all = found.status === 'found' && flow.reaches.every((number) => reached.has(number));
  return { ...base, result: all ? 'passed' : sure ? 'failed' : 'manual', evidence };
}
