import type { AltaError } from '../../../engine/model/index.ts';
import type { ProfilePager } from '../../../engine/model/profile.ts';
import { strange } from '../../transport/refusal.ts';
import { aboutOf, type Question } from './link.ts';
import { placeOfList } from './profile/defaults.ts';
import { isMarked } from './profile/marks.ts';
import type { Json } from './profile/path.ts';
import type { Box } from './tenant.ts';

/** One list as it is read. */
export interface Walk {
  readonly box: Box;
  readonly kind: string;
  readonly question: Question;
  readonly pager: ProfilePager;
  /** Rows that a page is asked to have. */
  readonly size: number;
  readonly rows: Json[];
  /** Pages read. */
  pages: number;
}

/** A list that does not come to an end, with the part of the profile that said how it would. */
export function odd(evidence: string, { box, kind, question }: Walk): AltaError {
  const { profile } = box.link;
  const place = placeOfList(profile, kind, 'pager');
  const doubt = isMarked(profile, place) ? ', verify: true' : '';
  return strange(`${evidence} (profile ${profile.name}, ${place}${doubt})`, aboutOf(box.link, question));
}
