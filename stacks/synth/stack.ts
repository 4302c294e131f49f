import type { Compiled } from '../../engine/compile/index.ts';
import {
  type Desired,
  type Diagnostic,
  errorDiagnostic,
  keyOfState,
  type State,
  type Target,
  targetOf,
} from '../../engine/model/index.ts';
import type { Driver } from '../../providers/contract.ts';
import { terraformName } from '../name.ts';
import { importsOf, type Placed, removedOf, typeOf } from './adopt.ts';
import { argumentsOf } from './arguments.ts';
import { gateOf } from './gate.ts';
import { type HandOff, handedOff } from './hand-off.ts';
import { type Known, knownKey } from './known.ts';
import type { Backend, ClientStack, HandOffBlock, ProvidedBlock } from './model.ts';
import { handOffName, type Settled, settleNames, type Wanted } from './names.ts';
import { remindersOf } from './reminder.ts';
import { literal } from './template.ts';
import { type Waiting, waitingOn } from './waiting.ts';

/** Everything that the stack of one client rests on. */
export interface StackInput {
  readonly compiled: Compiled;
  /** Alta's own state: what people vouched for, and what was Alta's before. */
  readonly state: State;
  /** Terraform's state; null = nobody could look at it. */
  readonly known: Known | null;
  readonly drivers: ReadonlyMap<string, Driver | null>;
  readonly backend: Backend;
  /** Whether the stack ends with a gate that verifies. */
  readonly verify: boolean;
  /** The stack is only for `terraform init`: that the state is unknown is no problem. */
  readonly preliminary: boolean;
}

export interface StackResult {
  readonly stack: ClientStack;
  readonly diagnostics: readonly Diagnostic[];
  /** Steps that wait for a person. */
  readonly pending: readonly HandOff[];
}

/** What the YAML of one client comes to in Terraform. Pure. Holds no secret: of a secret only its name, its place and its public rev. */
export function stackOf(input: StackInput): StackResult {
  const { compiled, state, known } = input;
  const { desired, handOffs } = handedOff(compiled, state, input.drivers);
  const provided = providedOf(compiled, desired);
  const waiting = waitingOn(desired, handOffs, provided, known);
  const present = provided.filter(({ desired: { address } }) => !waiting.absent.has(address));
  const attested = handOffs.filter((step) => step.attested !== null);
  const settled = settleNames(wantedOf(compiled, present, attested), known);
  const placed = present.map((one) => ({
    ...one,
    label: labelOf(typeOf(one.desired.kind), one.id, settled),
  }));
  const labels = labelsOf(placed, attested, settled);
  const byAddress = new Map(desired.map((one) => [one.address, one]));
  const blocks = [
    ...placed.map((one) => providedBlock(one, labels, waiting)),
    ...attested.map((step) => handOffBlock(step, byAddress.get(step.address), labels, settled)),
  ];
  const gate = input.verify ? [gateOf(compiled.client, placed, handOffs, blocks)] : [];
  const pending = handOffs.filter((step) => step.attested === null);
  return {
    stack: {
      client: compiled.client,
      backend: input.backend,
      blocks: [...blocks, ...gate].sort(byLabel),
      reminders: remindersOf(pending, waiting),
      moved: settled.moved,
      imports: importsOf(placed, state, known).toSorted((a, b) => (a.to < b.to ? -1 : 1)),
      removed: removedOf(compiled, known),
    },
    diagnostics: [
      ...settled.diagnostics,
      ...(input.preliminary ? [] : stateNeeded(compiled.client, waiting)),
    ],
    pending,
  };
}

/** What a driver carries out. */
function providedOf({ targets }: Compiled, desired: readonly Desired[]): readonly Omit<Placed, 'label'>[] {
  const api = new Map(targets.filter(({ mode }) => mode === 'api').map((target) => [target.address, target]));
  return desired.flatMap((one) => {
    const target = api.get(targetOf(one.address));
    return target === undefined ? [] : [{ desired: one, id: keyOfState({ targetKey: target.key, ...one }) }];
  });
}

function wantedOf(
  { targets }: Compiled,
  provided: readonly Omit<Placed, 'label'>[],
  attested: readonly HandOff[],
): readonly Wanted[] {
  const labels = new Map(targets.map(({ address, label }: Target) => [address, label]));
  const labelAt = (address: string): string => labels.get(targetOf(address)) ?? '';
  const resources = provided.map(({ desired: { address, kind, key }, id }): Wanted => {
    return { address, type: typeOf(kind), id, name: terraformName(labelAt(address), key) };
  });
  const steps = attested.map(({ address, kind, key, id, part }): Wanted => {
    const name = handOffName(kind, labelAt(address), key);
    return { address, type: 'null_resource', id, name: part === 'whole' ? name : `${name}_by_hand` };
  });
  return [...resources, ...steps];
}

/** Alta's address → Terraform's, of what is in the stack. A person's fields are no separate thing to depend on. */
function labelsOf(
  placed: readonly Placed[],
  attested: readonly HandOff[],
  settled: Settled,
): ReadonlyMap<string, string> {
  const whole = attested.filter(({ part }) => part === 'whole');
  return new Map([
    ...placed.map(({ desired, label }) => [desired.address, label] as const),
    ...whole.map(({ address, id }) => [address, labelOf('null_resource', id, settled)] as const),
  ]);
}

function providedBlock(
  { desired, label }: Placed,
  labels: ReadonlyMap<string, string>,
  waiting: Waiting,
): ProvidedBlock {
  return {
    type: typeOf(desired.kind),
    name: nameIn(label),
    dependsOn: dependenciesOf(desired, labels),
    protect: desired.protect,
    frozen: waiting.frozen.has(desired.address),
    arguments: argumentsOf(desired, labels),
  };
}

/** Its key, so that it is found again under another name, and the digest of what was vouched for. */
function handOffBlock(
  { address, id, part, attested }: HandOff,
  desired: Desired | undefined,
  labels: ReadonlyMap<string, string>,
  settled: Settled,
): HandOffBlock {
  const own = part === 'fields' ? labels.get(address) : undefined;
  const others = desired === undefined ? [] : dependenciesOf(desired, labels);
  return {
    type: 'null_resource',
    name: nameIn(labelOf('null_resource', id, settled)),
    dependsOn: own === undefined ? others : [own],
    triggers: { key: literal(id), digest: attested ?? '' },
  };
}

/** What stands in the stack; what was settled without anybody's word, and what is not there yet, has no block. */
function dependenciesOf(desired: Desired, labels: ReadonlyMap<string, string>): readonly string[] {
  const referred = Object.values(desired.references).map(({ address }) => address);
  const addresses = new Set([...desired.dependsOn, ...referred]);
  return [...addresses].flatMap((address) => labels.get(address) ?? []).sort();
}

/** Leaving out what Terraform made already would destroy it; making what its extension is not there for would get the phone banned. */
function stateNeeded(client: string, { unknown }: Waiting): Diagnostic[] {
  const [first] = unknown;
  if (first === undefined) return [];
  const params = { client, count: unknown.length, on: first.on };
  return [errorDiagnostic('synth-state-needed', params, { address: first.address })];
}

function labelOf(type: Wanted['type'], id: string, { names }: Settled): string {
  return `${type}.${names.get(knownKey(type, id)) ?? ''}`;
}

function nameIn(label: string): string {
  return label.slice(label.indexOf('.') + 1);
}

function byLabel(a: { type: string; name: string }, b: { type: string; name: string }): number {
  const [left, right] = [`${a.type}.${a.name}`, `${b.type}.${b.name}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
