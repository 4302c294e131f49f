import pLimit from 'p-limit';
import { peekCertificate } from '../../../providers/transport/peek.ts';
import type { Diagnostic } from '../../model/index.ts';
import { isSelected } from '../../plan/index.ts';
import { createDraft, type Draft } from '../author/draft.ts';
import type { RunContext } from '../contract.ts';
import { type BastionKeys, bastionKeys } from '../targets/bastion-keys.ts';
import { failedView } from '../targets/read.ts';
import { refuseUnmatched, selectClients } from '../workspace/choose.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { writeWithConsent } from './trust-consent.ts';
import type { TrustFound, TrustOptions, TrustResult } from './trust-contract.ts';
import { keyOfPlace, type Sight, sightsOf, withPins } from './trust-place.ts';
import { type Judged, judge, mismatches, withoutClashes } from './trust-verdict.ts';

/**
 * Looks at the certificate of every target that speaks https and, with consent, pins those that nobody vouches for. No login and no
 * request is sent; where there is a bastion, only the log-in there. Declared pins stay unless `replace`; then the new one stands before
 * the first of the old ones.
 * @throws AltaError `unknown-client`, `unknown-revision`, `selection-unknown`, `file-not-editable`
 */
export async function trustTargets(context: RunContext, options: TrustOptions): Promise<TrustResult> {
  const workspace = await openWorkspace(context, {
    allow: ['connect'],
    clients: options.clients,
    engine: 'either',
  });
  const nothing: TrustFound = { certificates: [], hostKeys: [] };
  // A secret that nobody has made yet is no reason not to look: none is sent.
  const problems = workspace.diagnostics.filter(({ code }) => code !== 'secret-required');
  if (problems.some(({ severity }) => severity === 'error'))
    return { found: nothing, edits: [], diagnostics: problems, declined: false };
  const compiled = await selectClients(context, workspace, options);
  const targets = compiled.flatMap((client) => client.targets);
  const known = [...compiled.map(({ client }) => client), ...targets.map(({ address }) => address)];
  refuseUnmatched(options.selection, known);
  const wanted = targets.filter(({ address }) => isSelected(address, options.selection));
  const looks = await lookAtAll(context, workspace, sightsOf(workspace, wanted), options);
  const { judged, diagnostics } = withoutClashes(looks.flatMap(({ judged }) => judged ?? []));
  const found: TrustFound = { ...nothing, certificates: judged.map((one) => one.found) };
  const draft = createDraft(context);
  await draftPins(draft, judged);
  return {
    found,
    ...(await writeWithConsent(draft, found, options)),
    diagnostics: [
      ...problems,
      ...looks.flatMap((look) => look.diagnostics),
      ...diagnostics,
      ...mismatches(judged, options.replace),
    ],
  };
}

interface Look {
  readonly judged: Judged | null;
  readonly diagnostics: readonly Diagnostic[];
}

async function lookAtAll(
  context: RunContext,
  workspace: Workspace,
  sights: readonly Sight[],
  { replace }: TrustOptions,
): Promise<readonly Look[]> {
  const keys = bastionKeys(workspace.vault);
  const limit = pLimit(context.parallelism);
  const { reading } = workspace;
  reading.expect(sights.length);
  return Promise.all(
    sights.map((sight) =>
      limit(async () => {
        const [{ address }] = sight.targets;
        reading.started(address);
        const look = await lookAt(context, sight, keys, replace);
        reading.finished(address);
        return look;
      }),
    ),
  );
}

/** Never throws: who cannot be looked at does not keep the others from it. */
async function lookAt(context: RunContext, sight: Sight, keys: BastionKeys, replace: boolean): Promise<Look> {
  const { endpoint } = sight.targets[0];
  try {
    const ssh = endpoint?.via === undefined ? undefined : await keys(endpoint.via);
    const shown = endpoint === null ? null : await peekCertificate(endpoint, context.stop, ssh);
    return { judged: shown === null ? null : judge(sight, shown, replace), diagnostics: [] };
  } catch (error) {
    const diagnostics = sight.targets.flatMap((target) => failedView(target, error).diagnostics);
    return { judged: null, diagnostics };
  }
}

async function draftPins(draft: Draft, judged: readonly Judged[]): Promise<void> {
  const places = new Set<string>();
  for (const { sight, found } of judged) {
    const key = keyOfPlace(sight.place);
    if (found.proposed === null || places.has(key)) continue;
    places.add(key);
    const { filename } = sight.place;
    const text = (await draft.read(filename)) ?? '';
    const sign = found.declared.length === 0 ? '+' : '~';
    const line = `${sign} ${found.targets.join(', ')}  tls.pins: ${found.proposed.join(', ')}`;
    await draft.put(filename, withPins(text, sight, found.proposed), line);
  }
}
