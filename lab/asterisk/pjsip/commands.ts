import { type Command, done } from '../cli/command.ts';
import type { Daemon } from '../host.ts';
import { matcher } from '../text.ts';
import type { PeerView } from '../view.ts';
import { contacts, endpoint, endpointNames, endpoints } from './lists.ts';

/** A command over all of them, or over those `like` a pattern (V). */
function listing(words: string, print: (views: readonly PeerView[], daemon: Daemon) => string): Command {
  return {
    words,
    technology: 'pjsip',
    run(daemon, [like, pattern = '']) {
      const fits = matcher(like?.toLowerCase() === 'like' ? pattern : '');
      const views = daemon.memory.list('pjsip').filter(({ peer }) => fits?.(peer.name) ?? false);
      return done(print(views, daemon));
    },
  };
}

/** Commands that pjsip brings (W, V). */
export const commands: readonly Command[] = [
  listing('pjsip show endpoints', (views, { release }) => endpoints(views, release)),
  listing('pjsip list endpoints', endpointNames),
  listing('pjsip show contacts', (views, { release }) => contacts(views, release)),
  listing('pjsip list contacts', (views, { release }) => contacts(views, release)),
  {
    words: 'pjsip show endpoint',
    technology: 'pjsip',
    run({ memory, release }, [name]) {
      if (name === undefined) {
        return { text: "No object specified.\nCommand 'pjsip show endpoint' failed.\n", ok: false };
      }
      const view = memory.find('pjsip', name, true);
      return done(view === undefined ? `Unable to find object ${name}.\n\n` : endpoint(view, release));
    },
  },
];
