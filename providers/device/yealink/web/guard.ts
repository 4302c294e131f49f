import { AltaError } from '../../../../engine/model/index.ts';
import { declaredGeneration } from '../firmware.ts';
import { type CfgGeneration, generationOf } from '../generation.ts';
import type { Face, Status } from './face.ts';
import type { Link } from './link.ts';

/** @throws `device-in-call` */
export async function refuseInCall(face: Face, link: Link, address: string): Promise<void> {
  if ((await face.inCall(link)) !== true) return;
  throw new AltaError('device-in-call', { host: link.target.host, address }, { address, written: 'nothing' });
}

/**
 * The names that this phone gives its settings: by the firmware it tells, or where it tells none by what the YAML declares.
 * @throws `device-firmware-unknown`
 */
export function generationAt({ firmware }: Status, { target }: Link): CfgGeneration {
  const generation = firmware === '' ? declaredGeneration(target) : generationOf(firmware);
  if (generation !== null) return generation;
  const params = { host: target.host, target: target.address, found: firmware || '?' };
  throw new AltaError('device-firmware-unknown', params, { written: 'nothing' });
}
