import type { ShownCertificate } from '../../../providers/transport/peek.ts';
import { type Diagnostic, errorDiagnostic, type Via, warningDiagnostic } from '../../model/index.ts';
import { groupBy } from '../../report/view.ts';
import type { SeenCertificate } from './trust-contract.ts';
import { keyOfPlace, type Sight } from './trust-place.ts';

/** One endpoint that was looked at, and what was found of it. */
export interface Judged {
  readonly sight: Sight;
  readonly found: SeenCertificate;
}

/** What a certificate is worth, and what could be written about it. `replace`: also where other pins stand already. */
export function judge(sight: Sight, shown: ShownCertificate, replace: boolean): Judged {
  const [{ endpoint }] = sight.targets;
  const { pins, verified, ...facts } = shown;
  const declared = endpoint?.tls.pins ?? [];
  const verdict = verdictOf(shown, declared);
  const writable = verdict === 'unpinned' || (verdict === 'mismatch' && replace);
  const found: SeenCertificate = {
    targets: sight.targets.map(({ address }) => address),
    url: endpoint?.url ?? '',
    from: endpoint?.via === undefined ? null : wayIn(endpoint.via),
    verdict,
    pin: pins.publicKey,
    ...facts,
    declared,
    // At most two may stand. The old one stays until a person takes it out: a box may go back to it.
    proposed: writable ? [pins.publicKey, ...declared.slice(0, 1)] : null,
  };
  return { sight, found };
}

function verdictOf({ pins, verified }: ShownCertificate, declared: readonly string[]) {
  if (declared.length === 0) return verified ? 'verified' : 'unpinned';
  const wanted = declared.map((pin) => pin.replace(/=$/, ''));
  return wanted.includes(pins.publicKey) || wanted.includes(pins.certificate) ? 'pinned' : 'mismatch';
}

/** `oficina (alta@bastion.acme.example:22)` */
function wayIn({ name, user, host, port }: Via): string {
  return `${name} (${user}@${host}:${port})`;
}

/**
 * Takes back what is proposed for a place that several ways lead to, where they show different certificates: these are two boxes, or
 * somebody sits in between on one of the ways.
 */
export function withoutClashes(judged: readonly Judged[]): {
  readonly judged: readonly Judged[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const proposals = judged.filter(({ found }) => found.proposed !== null);
  const clashes = [...groupBy(proposals, ({ sight }) => keyOfPlace(sight.place)).values()].filter(
    (group) => new Set(group.map(({ found }) => found.pin)).size > 1,
  );
  const clashing = new Set(clashes.flat());
  return {
    judged: judged.map((one) =>
      clashing.has(one) ? { ...one, found: { ...one.found, proposed: null } } : one,
    ),
    diagnostics: clashes.map(clashDiagnostic),
  };
}

function clashDiagnostic(clash: readonly Judged[]): Diagnostic {
  const targets = clash.flatMap(({ found }) => found.targets);
  const filename = clash[0]?.sight.place.filename ?? '';
  const found = [...new Set(clash.map((one) => one.found.pin))];
  return errorDiagnostic(
    'trust-two-certificates',
    { targets, filename, found },
    { address: targets[0] ?? '' },
  );
}

/** Says aloud where a declared pin does not fit: an error, or a warning to whoever replaces it. */
export function mismatches(judged: readonly Judged[], replace: boolean): readonly Diagnostic[] {
  const said = replace ? warningDiagnostic : errorDiagnostic;
  return judged
    .filter(({ found }) => found.verdict === 'mismatch')
    .map(({ found: { targets, url, pin, declared } }) =>
      said('trust-pin-mismatch', { url, targets, found: pin, declared }, { address: targets[0] ?? '' }),
    );
}
