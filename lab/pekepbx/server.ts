import type { BoxInService, Place } from '../pbx.ts';
import type { LabPekepbx } from './settings.ts';

export async function servePekepbx(_wanted: LabPekepbx, _place: Place): Promise<BoxInService> {
  throw new Error('not yet');
}
