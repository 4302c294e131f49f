import type { LabExtensionSeed, LabSip } from '../settings.ts';

export interface LabMeetip {
  driver: 'meetip';
  name: string;
  edition?: 'v1' | 'v2';
  sip?: Partial<LabSip>;
  seed?: LabExtensionSeed[];
}
