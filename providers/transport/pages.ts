import { createHash } from 'node:crypto';
import { AltaError } from '../../engine/model/index.ts';

/** Pages of one list at most. */
const MAX_PAGES = 1_000;

/**
 * A watch over one paged list: call it with the body of each page. A box that ignores the page number answers the same
 * page for ever. Throws `strange-answer` for a page that came before and for too many.
 */
export function watchPages(
  about: { readonly host: string; readonly operation: string },
  maxPages: number = MAX_PAGES,
): (body: Uint8Array) => void {
  const { host, operation } = about;
  const seen = new Map<string, number>();
  let page = 0;
  return (body) => {
    page += 1;
    if (page > maxPages) throw strange(`more than ${maxPages} pages`);
    const digest = createHash('sha256').update(body).digest('base64');
    const earlier = seen.get(digest);
    if (earlier !== undefined) throw strange(`page ${page} repeats page ${earlier}`);
    seen.set(digest, page);
  };
  function strange(evidence: string): AltaError {
    return new AltaError('strange-answer', { host, operation, evidence });
  }
}
