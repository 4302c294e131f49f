import { AltaError, type Target } from '../../../engine/model/index.ts';
import type { Observer, SessionContext } from '../../contract.ts';
import { hostOf as managerHost, openAmi } from './ami/asker.ts';
import { look } from './look.ts';
import { optionsOf } from './options.ts';
import { openShell, hostOf as shellHost } from './shell.ts';

/**
 * Opens a way to look at the target's Asterisk: the command line of the SSH host or, where `manager` is given, the manager interface.
 * @throws `credential-missing`, `wrong-credentials`, `forbidden`, `unreachable`, `strange-answer`, and what SSH throws
 */
export async function openObserver(
  target: Target,
  context: SessionContext,
): Promise<Awaited<ReturnType<Observer['open']>>> {
  const { observer: place } = target;
  if (place === undefined) throw new AltaError('internal', { message: `no observer of ${target.address}` });
  const options = optionsOf(place);
  const { manager } = place;
  const host = manager === undefined ? shellHost(place) : managerHost(manager);
  const asker =
    manager === undefined
      ? await openShell(place, options, context)
      : await openAmi({ ...place, manager }, target, context);
  return {
    registrations: (keys) => look(keys, asker, options, host),
    close: () => asker.close(),
  };
}
