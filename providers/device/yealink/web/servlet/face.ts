import type { Face } from '../face.ts';
import { LEAVE_MS, type Link, send } from '../link.ts';
import { pages, servlet } from './ask.ts';
import { enterForm, enterSealed } from './login.ts';
import { status, type Told } from './status.ts';
import { exported, imported } from './transfer.ts';

/** The servlet interface of V80 to V85, and of the T30 series after that. [field] */
export function servletFace(web: 'b0' | 'b1' | 'b2', told: Told): Face {
  return {
    web,
    enter: (link, login) => (web === 'b0' ? enterSealed(link, login) : enterForm(link, web, login)),
    leave,
    status: (link) => status(link, told),
    exported,
    imported,
    inCall: async () => null,
  };
}

/** [field] Older builds have no modules. */
async function leave(link: Link): Promise<boolean> {
  const { m: _module, ...plain } = pages.logout;
  const limit = { timeLimitMs: LEAVE_MS / 2 };
  const answer = await send(link, { ...servlet('logout', pages.logout), ...limit });
  if (answer.status !== 404) return isWayOut(answer);
  return isWayOut(await send(link, { ...servlet('logout', plain), ...limit }));
}

/** Back to the login form. Any page may come with 200: that is no sign. [inference] */
function isWayOut({ status }: { readonly status: number }): boolean {
  return status >= 300 && status < 400;
}
