import { setTimeout as pause } from 'node:timers/promises';
import { factoryConfig, runSaved, settingOf } from './config.ts';
import { staticKey } from './keys.ts';
import { refreshLines } from './lines.ts';
import { type Phone, queue } from './phone.ts';
import { fetchNow } from './provisioning.ts';

/** Long enough for the answer that announces it to leave. */
const LAST_WORDS_MS = 20;

/** What a phone does once it listens: it registers, then fetches its configuration (D: `power_on`). */
export async function wake(phone: Phone): Promise<void> {
  runSaved(phone.config);
  refreshLines(phone, 'boot');
  if (settingOf(phone.config, staticKey('auto_provision.power_on', phone.settings.firmware)) === '1') {
    await fetchNow(phone);
  }
}

/** Goes down and comes up again. Sessions end, and so does a call. */
export function reboot(phone: Phone): Promise<void> {
  return queue(phone, async () => {
    if (!phone.on) return;
    await pause(LAST_WORDS_MS);
    phone.reboots += 1;
    await goDown(phone);
    await comeUp(phone);
  });
}

export function setPower(phone: Phone, on: boolean): Promise<void> {
  return queue(phone, async () => {
    if (on === phone.on) return;
    await (on ? comeUp(phone) : goDown(phone));
  });
}

/** Back to the factory, whose administrator is admin with password admin (D), then up again. */
export function resetToFactory(phone: Phone): Promise<void> {
  return queue(phone, async () => {
    await pause(LAST_WORDS_MS);
    phone.reboots += 1;
    await goDown(phone);
    factoryConfig(phone.config);
    phone.digests.clear();
    phone.access.credentials.username = 'admin';
    phone.access.credentials.password = 'admin';
    await comeUp(phone);
  });
}

/** Resolves when nothing is under way any more. */
export async function settled(phone: Phone): Promise<void> {
  while (phone.pending > 0) await phone.work;
}

async function goDown(phone: Phone): Promise<void> {
  phone.on = false;
  phone.talking = false;
  phone.access.session = undefined;
  phone.access.offered.clear();
  phone.remote.allowed.clear();
  phone.remote.prompts.clear();
  refreshLines(phone, 'boot');
  await phone.network.stop();
}

async function comeUp(phone: Phone): Promise<void> {
  if (phone.closing.signal.aborted) return;
  const { signal } = phone.closing;
  if (phone.settings.bootMs > 0) await pause(phone.settings.bootMs, undefined, { ref: false, signal });
  await phone.network.resume();
  phone.on = true;
  await wake(phone);
}

/** Whether a phone still runs as it did when this was asked: no power cut, no reboot since. */
export function lifeOf(phone: Phone): () => boolean {
  const { reboots } = phone;
  return () => phone.on && phone.reboots === reboots;
}
