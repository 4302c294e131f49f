import { AltaError } from '../../../../engine/model/index.ts';
import type { Write } from '../../../contract.ts';
import { refuseOther, refuseReadOnly } from '../../../identity.ts';
import { inWrite } from '../../../transport/refusal.ts';
import { renderCfg } from '../cfg.ts';
import { accountsOf, settingsOf } from '../dialect.ts';
import type { Face } from './face.ts';
import { generationAt, refuseInCall } from './guard.ts';
import type { Link } from './link.ts';
import type { Stay } from './stay.ts';

/**
 * One write: the right phone, no call under way, then a partial cfg file with exactly the keys of this write.
 * @throws an AltaError that says what was `written`
 */
export async function perform(write: Write, stay: Stay): Promise<void> {
  refuseReadOnly(write.action, write.address, stay.link.target, stay.link.context);
  try {
    await stay.run((face, link) => send(write, face, link));
  } catch (error) {
    throw inWrite(error, 'nothing', write.address);
  }
}

/** A create never takes over a line that somebody set up meanwhile. Passwords are not shown, so that they decide nothing. */
async function refuseTaken(write: Write, face: Face, link: Link): Promise<void> {
  if (write.action !== 'create') return;
  const generation = generationAt(link.pass.status ?? (await face.status(link)), link);
  const accounts = accountsOf(await face.exported(link), generation, 'factory');
  const found = accounts.find(({ key }) => key === write.key);
  const made = Object.entries(write.values).every(([field, value]) => found?.values[field] === value);
  if (found === undefined || made) return;
  const params = { host: link.target.host, object: write.address, evidence: `line ${write.key}` };
  throw new AltaError('already-exists', params, { written: 'nothing' });
}

async function send(write: Write, face: Face, link: Link): Promise<void> {
  link.pass.status ??= await face.status(link);
  const { status } = link.pass;
  refuseOther({ mac: status.mac }, link.target);
  const settings = settingsOf(write, generationAt(status, link));
  if (settings.length === 0) return;
  const file = renderCfg(settings);
  await refuseInCall(face, link, write.address);
  await refuseTaken(write, face, link);
  await face.imported(link, file, write.address);
}
