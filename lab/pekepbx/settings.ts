import type { LabExtensionSeed, LabSip } from '../settings.ts';

export interface LabPekepbx {
  driver: 'pekepbx';
  name: string;
  edition?: 'a' | 'b';
  sip?: Partial<LabSip>;
  seed?: LabExtensionSeed[];
}
