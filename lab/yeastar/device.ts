import type { Box } from './box.ts';
import { registeredCount } from './registrar.ts';
import { type Answer, success } from './wire.ts';

/** `deviceinfo/query`, no body (D: G17). `extensionstatus` counts registered and all extensions. */
export function deviceInfo(box: Box): Answer {
  return success({
    deviceinfo: {
      devicename: box.settings.name,
      sn: box.serial,
      hardwarever: 'V1.10 0001-0000',
      firmwarever: box.settings.firmware,
      systemtime: `${new Date().toISOString().slice(0, 19).replace('T', ' ')} UTC+0`,
      uptime: uptime(Date.now() - box.startedAt),
      extensionstatus: `${registeredCount(box)}/${box.config.saved.size}`,
    },
  });
}

/** '03:25:04', or '3days 03:57:42' (D). */
function uptime(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  const clock = new Date(ms % 86_400_000).toISOString().slice(11, 19);
  return days === 0 ? clock : `${days}days ${clock}`;
}
