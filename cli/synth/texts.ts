import type { Lang } from '../../engine/model/index.ts';

/** What `alta synth` says. `{…}` are filled in. */
export const synthTexts: Readonly<Record<Lang, { readonly waits: string }>> = {
  en: { waits: 'Waits for a person: {address}. `alta attest` says what to do.' },
  es: { waits: 'Espera a una persona: {address}. `alta attest` dice qué hacer.' },
};
