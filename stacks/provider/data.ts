import { AltaError, stateKey, type Target } from '../../engine/model/index.ts';
import { safeText } from '../../engine/report/safe.ts';
import type { DataAnswer, DataType, ValueObject } from '../plugin/contract.ts';
import { foreignSchema, tenantSchema } from '../schema/provider.ts';
import { type Instance, placeOf } from './instance.ts';
import type { Sight } from './readings.ts';
import { remarkOf, remarkOfError } from './remark.ts';
import { unreadable } from './situation.ts';

/** The data sources, by type. */
export const dataTypes: Readonly<Record<string, DataType<Instance>>> = {
  alta_tenant: { schema: tenantSchema, read: (instance, config) => lookedAt(instance, config, tenant) },
  alta_foreign_extensions: {
    schema: foreignSchema,
    read: (instance, config) => lookedAt(instance, config, foreign),
  },
};

type Telling = (instance: Instance, target: Target, sight: Sight) => ValueObject;

async function lookedAt(instance: Instance, config: ValueObject, telling: Telling): Promise<DataAnswer> {
  const { lang, readings } = instance;
  try {
    const { target } = placeOf(instance, String(config.target));
    const sight = await readings.of(target);
    const why = unreadable(sight);
    if (why !== null) return { state: null, remarks: [remarkOf({ ...why, severity: 'error' }, lang)] };
    return { state: { ...config, id: target.key, ...telling(instance, target, sight) } };
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    return { state: null, remarks: [remarkOfError(error, lang, undefined)] };
  }
}

function tenant(_: Instance, { driver }: Target, { view }: Sight): ValueObject {
  const { edition = '', identity = {}, resources = [] } = view.reading ?? {};
  const told = Object.entries(identity).map(([part, value]) => [part, safeText(value)]);
  return {
    driver,
    edition: safeText(edition),
    identity: Object.fromEntries(told),
    numbers: resources.map(({ key }) => key).sort(byNumber),
  };
}

/** Neither declared by this client nor by another. */
function foreign({ compiled, hub, client }: Instance, target: Target, { view }: Sight): ValueObject {
  const own = new Set(compiled.desired.map(({ address }) => address));
  const elsewhere = hub.workspace.desiredElsewhere(client);
  const found = (view.reading?.resources ?? []).flatMap(({ kind, key, values }) => {
    const id = stateKey(target.key, kind, key);
    if (kind !== 'extension' || own.has(`${target.address}/extension:${key}`) || elsewhere.has(id)) return [];
    return [{ number: key, name: safeText(String(values.name ?? '')), id }];
  });
  return { extensions: found.sort((a, b) => byNumber(a.number, b.number)) };
}

const natural = new Intl.Collator('en', { numeric: true });

function byNumber(a: string, b: string): number {
  return natural.compare(a, b);
}
