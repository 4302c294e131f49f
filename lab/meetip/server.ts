import type { BoxInService, Place } from '../pbx.ts';
import type { LabMeetip } from './settings.ts';

export async function serveMeetip(_wanted: LabMeetip, _place: Place): Promise<BoxInService> {
  throw new Error('not yet');
}
