import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { AltaError } from '../../../engine/model/index.ts';
import { leaksIn } from '../canary.ts';
import type { ContractHarness } from '../harness.ts';
import { change, creation, kindOf, sampleAt, withSession } from '../scenario.ts';
import type { Law } from './law.ts';

async function noSecretLeaks(harness: ContractHarness): Promise<void> {
  const secrets = secretsOf(harness);
  assert.ok(
    secrets.length > 0 && secrets.every((secret) => secret.length >= 6 || /^[0-9]{4,5}$/.test(secret)),
    'canaries are six characters or more; only a PIN may have four digits',
  );
  const seen: unknown[] = [...(await sightings(harness)), harness.logs()];
  const text = seen.map(printed).join('\n');
  const leaked = [...secretsOf(harness)].filter((secret) => leaksIn(text, secret).length > 0);
  assert.equal(leaked.length, 0, `${leaked.length} secrets appear in errors, logs or readings`);
}

function secretsOf(harness: ContractHarness): readonly string[] {
  return [
    ...harness.samples.flatMap(({ secrets }) => Object.values(secrets)),
    ...harness.mutations.flatMap((one) => ('secret' in one ? [one.secret] : [])),
    ...harness.canaries(),
  ];
}

/** Everything that a session lets out while its target behaves and misbehaves. */
async function sightings(harness: ContractHarness): Promise<readonly unknown[]> {
  const { faults } = harness;
  const sample = sampleAt(harness, 0);
  const seen: unknown[] = [];
  const keep = (promise: Promise<unknown>) =>
    promise.then(
      (value) => seen.push(value),
      (error: unknown) => seen.push(error),
    );
  await withSession(harness, 'write', async (session) => {
    const update = change(
      harness,
      sample,
      harness.mutations.filter((one) => 'secret' in one),
    );
    const everything = async () => {
      await keep(session.apply(creation(harness, sample)));
      await keep(session.apply(update));
      await keep(session.read({ kinds: [kindOf(harness)] }));
      if (session.commit) await keep(session.commit());
    };
    await everything();
    for (const fault of [faults.forbidden, faults.lostAnswer, faults.partialPage, faults.unreachable]) {
      await fault?.call(faults);
      await everything();
      await faults.none();
    }
  });
  await faults.wrongCredentials();
  await keep(
    harness.open('read').then(async (session) => {
      await keep(session.read({ kinds: [kindOf(harness)] }));
      await session.close();
    }),
  );
  await faults.none();
  return seen;
}

/** All that a log, a report or a debugger could print of a thing. */
function printed(thing: unknown): string {
  const details =
    thing instanceof AltaError ? [thing.message, thing.stack, thing.params, thing.facts] : [thing];
  return [
    inspect(thing, { depth: 12, showHidden: true }),
    ...details.map((one) => JSON.stringify(one) ?? ''),
  ].join('\n');
}

/** Laws of secrets. */
export const secrecyLaws: readonly Law[] = [
  {
    id: 'no-secret-leaks',
    title: 'no secret appears in an error, a log line or a reading',
    essential: true,
    run: noSecretLeaks,
  },
];
