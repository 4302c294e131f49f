import type { ActualView, Kind, Target } from '../../engine/model/index.ts';
import type { TargetView } from '../../engine/plan/index.ts';
import { readTarget } from '../../engine/run/targets/read.ts';
import type { Hub } from './hub.ts';

/** A target as it was read, indexed. */
export interface Sight {
  readonly view: TargetView;
  /** Null = proven absent, or not read. */
  find(kind: Kind, key: string): ActualView | null;
}

/** What one provider instance has read: each target once, in bulk, for as many resources as Terraform asks about. */
export interface Readings {
  of(target: Target): Promise<Sight>;
  /** What reading again after own writes showed. */
  replace(view: TargetView): void;
  /** Somebody else wrote there: the next to ask reads anew. */
  drop(target: Target): void;
}

/** Never throws: what went wrong is in the view, and stays so for this instance, so that a host in trouble is asked once. */
export function createReadings({
  workspace,
  sessions,
  alone,
  free,
}: Pick<Hub, 'workspace' | 'sessions' | 'alone' | 'free'>): Readings {
  const sights = new Map<string, Promise<Sight>>();
  const look = async (target: Target): Promise<Sight> => {
    const driver = workspace.drivers.get(target.driver) ?? null;
    const { vault, turns } = workspace;
    const view = await alone(target, async () => {
      await free(target, 'write');
      const seen = await turns(() => readTarget(target, driver, sessions, vault, { purpose: 'read' }));
      await free(target, 'read');
      return seen;
    });
    return sightOf(view);
  };
  return {
    of: (target) => {
      const known = sights.get(target.address) ?? look(target);
      sights.set(target.address, known);
      return known;
    },
    replace: (view) => {
      sights.set(view.target.address, Promise.resolve(sightOf(view)));
    },
    drop: (target) => {
      sights.delete(target.address);
    },
  };
}

function sightOf(view: TargetView): Sight {
  const shown = (view.reading?.resources ?? []).map((one) => [`${one.kind}:${one.key}`, one] as const);
  const byName = new Map(shown);
  return { view, find: (kind, key) => byName.get(`${kind}:${key}`) ?? null };
}
