import { AltaError } from '../../engine/model/index.ts';
import type { LabFault, LabFaultKind } from '../../lab/contract.ts';
import type { LabBox } from '../../lab/settings.ts';
import type { Flags } from '../flags.ts';
import { boxesOf } from './boxes.ts';
import { type PhoneWish, phonesOf } from './phones.ts';

/** What the command line asks of the lab. */
export interface LabWishes {
  readonly boxes: LabBox[];
  readonly phones: readonly PhoneWish[];
  /** For every box. */
  readonly faults: readonly LabFault[];
  /** By name of what listens; empty: free ones. */
  readonly ports: Readonly<Record<string, number>>;
}

/** Names of what the lab serves beside boxes and phones. */
export const ownNames = ['control', 'bastion', 'provisioning'] as const;

/** @throws AltaError `option-value`, `lab-name-taken`. */
export function wishesOf(flags: Flags): LabWishes {
  const boxes = boxesOf(flags);
  const phones = phonesOf(flags.phones);
  refuseTwice([...ownNames, ...[...boxes, ...phones].map(({ name }) => name)]);
  return { boxes, phones, faults: flags.fault.map(faultOf), ports: portsOf(flags.port, boxes, phones) };
}

function refuseTwice(names: readonly string[]): void {
  const name = names.find((one, index) => names.indexOf(one) < index);
  if (name !== undefined) throw new AltaError('lab-name-taken', { name, reserved: [...ownNames] });
}

const faultKinds: Readonly<Record<LabFaultKind, true>> = {
  latency: true,
  reset: true,
  status: true,
  truncate: true,
  nonJson: true,
  lostAnswer: true,
  phpNotice: true,
  redirect: true,
  slowloris: true,
  hugeBody: true,
  errno: true,
  offline: true,
  hang: true,
};

function isFaultKind(text: string): text is LabFaultKind {
  return Object.hasOwn(faultKinds, text);
}

/** `lostAnswer`, `status:extension/add`, `reset:extension/query:3`. */
function faultOf(text: string): LabFault {
  const [kind = '', path = '', times = '1', ...rest] = text.split(':');
  if (isFaultKind(kind) && /^\d{1,6}$/.test(times) && rest.length === 0) {
    return { kind, times: Number(times), ...(path === '' ? {} : { match: { path } }) };
  }
  throw new AltaError('option-value', { option: '--fault', value: text, expected: Object.keys(faultKinds) });
}

/** The control's own, then the boxes', the phones' and those of the rest. */
function portsOf(
  first: number | undefined,
  boxes: readonly LabBox[],
  phones: readonly PhoneWish[],
): Record<string, number> {
  if (first === undefined) return {};
  const [control, ...others] = ownNames;
  const names = [control, ...[...boxes, ...phones].map(({ name }) => name), ...others];
  return Object.fromEntries(names.map((name, index) => [name, first + index]));
}
