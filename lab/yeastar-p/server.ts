import type { BoxInService, Place } from '../pbx.ts';
import type { LabYeastarP } from './settings.ts';

export async function serveYeastarP(_wanted: LabYeastarP, _place: Place): Promise<BoxInService> {
  throw new Error('not yet');
}
