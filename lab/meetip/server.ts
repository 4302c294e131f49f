import { makeIdentity, secureContext } from '../certificate.ts';
import type { LabMeetipService, LabPins } from '../contract.ts';
import { faultBoard } from '../faults.ts';
import { type Listener, listen } from '../listener.ts';
import type { BoxInService, Place } from '../pbx.ts';
import type { Reply } from '../sabotage.ts';
import { controlOf } from './control.ts';
import { KEY_REFUSALS, noteRefusal } from './keys.ts';
import { logbook } from './logbook.ts';
import type { Platform } from './platform.ts';
import { respond } from './routes.ts';
import type { LabMeetip } from './settings.ts';
import { startPlatform } from './start.ts';
import { failed, replyV2 } from './v2/wire.ts';
import { paramsOf, replyOf } from './wire.ts';

export async function serveMeetip(wanted: LabMeetip, place: Place): Promise<BoxInService> {
  const platform = startPlatform(wanted);
  const { name, tls, keepAlive, edition, sip } = platform.settings;
  const [first] = platform.tenants;
  if (first === undefined) throw new Error(`${name} needs a tenant`);
  const faults = faultBoard();
  const { log, complete } = logbook();
  const identity = tls ? await makeIdentity(name, place.host, 'default') : undefined;
  const listener = await listen({
    ...place,
    ...(identity === undefined ? {} : { tls: secureContext(identity, 'default') }),
    keepAlive,
    faults,
    log,
    asked: (incoming) => complete(incoming, paramsOf(incoming, platform.settings)),
    respond: (incoming) => respond(platform, incoming),
    refuse: (text) => refuse(platform, text),
  });
  const service: LabMeetipService = {
    name,
    driver: 'meetip',
    url: `${tls ? 'https' : 'http'}://${place.host}:${listener.port}`,
    edition,
    credentials: { apiKey: platform.keys[0]?.key ?? '' },
    tenants: platform.tenants.map(({ id, code, name: label }) => ({ id, code, name: label })),
    pins: identity?.pins ?? { spki: '', certificate: '' },
    certificatePem: identity?.certificate ?? '',
    sip,
  };
  const rotateCertificate = () => rotate(platform, service, listener, place.host);
  return {
    service,
    exchange: platform.book.exchange,
    control: controlOf({ platform, faults, log, listener, rotateCertificate }, first),
    close: () => close(platform, listener),
  };
}

/**
 * A fault's own refusal: a text is answered in `error` with status 200; one that begins with a status ('409 the number is taken') is
 * answered as the API v2 does. A refusal of the key counts among the logins.
 */
function refuse(platform: Platform, text: string): Reply {
  const [, status, description] = /^([45]\d\d) (.+)$/.exec(text) ?? [];
  if (KEY_REFUSALS.includes(text) || status === '401') noteRefusal(platform, '', Date.now());
  if (status === undefined || description === undefined) return replyOf(text, platform.settings);
  return replyV2(failed(Number(status), description), {});
}

async function rotate(
  { settings }: Platform,
  service: LabMeetipService,
  listener: Listener,
  host: string,
): Promise<LabPins> {
  if (!settings.tls) throw new Error(`${service.name} serves plain HTTP: it has no certificate`);
  const identity = await makeIdentity(service.name, host, 'default');
  listener.secure(secureContext(identity, 'default'));
  service.pins = identity.pins;
  service.certificatePem = identity.certificate;
  return identity.pins;
}

async function close({ timers }: Platform, listener: Listener): Promise<void> {
  for (const timer of timers) clearTimeout(timer);
  await listener.close();
}
