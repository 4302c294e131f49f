import { type Hub, openHub, type Surroundings } from './hub.ts';

/**
 * The workspaces that a process serves: one hub each, shared by all instances of the time, gone with the last of them. The next one reads the
 * files anew, and no phone stays logged in while a person reads a plan.
 */
export interface Hubs {
  /** @throws AltaError as {@link openHub} */
  take(root: string): Promise<Hub>;
  give(hub: Hub): Promise<void>;
  close(): Promise<void>;
}

interface Shared {
  readonly hub: Promise<Hub>;
  users: number;
}

export function createHubs(surroundings: Surroundings): Hubs {
  const open = new Map<string, Shared>();
  const kept = { ...surroundings.env };
  const closing = new Map<string, Promise<void>>();
  const leave = async (shared: Shared | undefined): Promise<void> => {
    const hub = await shared?.hub.catch(() => null);
    await hub?.close();
  };
  const end = (root: string): Promise<void> => {
    const left = leave(open.get(root));
    open.delete(root);
    closing.set(root, left);
    return left;
  };
  return {
    take: async (root) => {
      // Some targets let a user in once: whoever leaves is gone before the next one comes.
      await closing.get(root);
      const shared = open.get(root) ?? {
        hub: openFrom(kept, surroundings, root),
        users: 0,
      };
      open.set(root, shared);
      shared.users += 1;
      try {
        return await shared.hub;
      } catch (error) {
        if (open.get(root) === shared) open.delete(root);
        throw error;
      }
    },
    give: async (hub) => {
      const { root } = hub.context;
      const shared = open.get(root);
      if (shared === undefined) return;
      shared.users -= 1;
      if (shared.users === 0) await end(root);
    },
    close: async () => {
      await Promise.all([...open.keys()].map(end));
    },
  };
}

/** What the vault takes is taken from the process's own environment too; a later hub of this process finds it in `kept`. */
async function openFrom(kept: Surroundings['env'], surroundings: Surroundings, root: string): Promise<Hub> {
  const env = { ...kept };
  const hub = await openHub(root, { ...surroundings, env });
  for (const name of Object.keys(kept)) if (env[name] === undefined) delete surroundings.env[name];
  return hub;
}
