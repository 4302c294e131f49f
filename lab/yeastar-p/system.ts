/** `system/…` calls (D). */
import type { Box, BoxSettings } from './box.ts';
import { type Answer, success } from './wire.ts';

export function information(box: Box): Answer {
  const { settings } = box;
  const now = Date.now();
  return success({
    data: {
      device_name: settings.name,
      model_name: modelName(settings.model),
      sn: settings.serial,
      firmware_version: settings.firmware,
      system_time: displayTime(settings, now),
      up_time: Math.floor((now - box.startedAt) / 1000),
      system_date_format: settings.dateFormat,
      system_time_format: 'hh:mm:ss',
      timestamp: Math.floor(now / 1000),
    },
  });
}

/** Concurrent calls: those dialled through the API. How many there may be is made up. */
export function capacity({ settings, store, calls }: Box): Answer {
  return success({
    data: {
      extension_capacity: settings.maxExtensions,
      extension_used: store.saved.size,
      cc_capacity: 60,
      cc_used: calls.live.size,
    },
  });
}

/** The panel's display format, in the box's own time, which is UTC in the lab. */
export function displayTime({ dateFormat }: BoxSettings, at: number): string {
  const iso = new Date(at).toISOString();
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
  const date = dateFormat.replace('YYYY', year).replace('MM', month).replace('DD', day);
  return `${date} ${iso.slice(11, 19)}`;
}

/** D: the software edition; the cloud's after it (I). */
function modelName(model: BoxSettings['model']): string {
  return model === 'Software' || model === 'Cloud' ? `P-Series ${model} Edition` : model;
}
