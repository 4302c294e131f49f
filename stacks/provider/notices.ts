import { type Diagnostic, targetOf, type Unverifiable, warningDiagnostic } from '../../engine/model/index.ts';
import { needsPerson, rotates } from '../../engine/plan/index.ts';
import type { Remark } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { deferral, isAway } from './defer.ts';
import type { Instance } from './instance.ts';
import type { Memory } from './memory.ts';
import { panelOf } from './panel.ts';
import { remarkOf, remarkOfBlock } from './remark.ts';
import { type Situation, unreadable } from './situation.ts';

/** What Terraform shows beside the plan, and what keeps the plan from being made. */
export function remarksOn(
  instance: Instance,
  shape: ResourceShape,
  situation: Situation,
  memory: Memory,
): readonly Remark[] {
  const { lang } = instance;
  const { change, desired, sight, diagnostics, unverifiable } = situation;
  const why = unreadable(sight);
  // Why a device that is often away is not there now was said when it was read.
  const late = isAway(situation) ? [deferral(situation)] : (why ?? []);
  const told = [...diagnostics, ...[late].flat()].map((one) =>
    remarkOf({ address: desired.address, ...one }, lang, shape),
  );
  const blocked = change?.blocked ?? null;
  return [
    ...told,
    // Of what could not be read, why is said already.
    ...(blocked === null || why !== null ? [] : [remarkOfBlock(desired.address, blocked, lang)]),
    ...noticesOn(situation, memory).map((one) => remarkOf(one, lang, shape)),
    ...stranded(instance, situation).map((one) => remarkOf(one, lang, shape)),
    ...unproven(desired.address, unverifiable).map((one) => remarkOf(one, lang, shape)),
  ];
}

/** Phones on the extension that a rotation cannot reach by itself: set up by hand, or fetching their settings when they like. */
function stranded({ compiled }: Instance, { change }: Situation): readonly Diagnostic[] {
  if (change === null || !rotates(change)) return [];
  const { address } = change;
  const alone = compiled.targets.filter(
    ({ mode, publication }) => mode === 'guided' || publication !== undefined,
  );
  const named = compiled.desired.filter(
    ({ dependsOn, secrets, address: account }) =>
      dependsOn.includes(address) &&
      secrets.password?.source === 'declared' &&
      alone.some((device) => device.address === targetOf(account)),
  );
  const accounts = named.map((one) => one.address).join(', ');
  return named.length === 0
    ? []
    : [warningDiagnostic('provider-strands', { address, accounts }, { address })];
}

function noticesOn(situation: Situation, memory: Memory): readonly Diagnostic[] {
  const { change, desired } = situation;
  const { address } = desired;
  if (change === null) return [];
  if (change.section === 'adopted' && change.action === 'record' && memory.imported !== true) {
    return [warningDiagnostic('provider-adopts', { address }, { address })];
  }
  if (!needsPerson(change)) return [];
  const form = panelOf(situation);
  if (change.means === 'guided' && change.action !== 'update') {
    return [warningDiagnostic('provider-person-first', { address, form }, { address })];
  }
  const fields = change.fields.flatMap(({ field, guided }) => (guided ? [field] : [])).join(', ');
  return [warningDiagnostic('provider-person-needed', { address, fields, form }, { address })];
}

/** A secret that was never replaced stands for phones that may drop one day: that is said. What a box never shows is not. */
function unproven(address: string, unverifiable: readonly Unverifiable[]): readonly Diagnostic[] {
  const never = unverifiable.filter(({ code }) => code === 'never-applied').map(({ field }) => field);
  const blind = unverifiable.filter(({ code }) => code === 'no-fingerprint-key' || code === 'no-marker');
  return [
    ...(never.length === 0
      ? []
      : [warningDiagnostic('provider-never-applied', { address, fields: never.join(', ') }, { address })]),
    ...(blind.length === 0
      ? []
      : [
          warningDiagnostic(
            'provider-not-compared',
            { address, fields: blind.map(({ field }) => field).join(', ') },
            { address },
          ),
        ]),
  ];
}
