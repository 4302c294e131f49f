import type { Box, BoxSettings } from './box.ts';
import type { StoredExtension } from './store.ts';

/** Whether the model has analogue ports (D: FXS extensions stand in the guide of the appliances alone). */
export function isAppliance({ model }: Pick<BoxSettings, 'model'>): boolean {
  return model !== 'Software' && model !== 'Cloud';
}

/** An analogue extension takes the next port of the first span, unless it names one (I). Throws on a box that has no ports. */
export function withPort(extension: StoredExtension, { settings, store }: Box): StoredExtension {
  if (extension.type !== 'FXS') return extension;
  if (!isAppliance(settings)) throw new Error(`${settings.name} has no ports for an analogue extension`);
  const taken = [...store.saved.values()].filter(({ type }) => type === 'FXS').length;
  return { fxs_port: `1-${taken + 1}`, ...extension };
}
