import type { LabExtensionSeed, LabSip } from '../settings.ts';

export interface LabYeastarP {
  driver: 'yeastar-p';
  name: string;
  edition?: 'p-series';
  sip?: Partial<LabSip>;
  seed?: LabExtensionSeed[];
}
