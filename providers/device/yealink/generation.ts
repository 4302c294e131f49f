/**
 * Which names a phone gives its settings, by firmware. Named after the first version that uses them:
 * - `v70`: V70, and V71 of the oldest families: `sip_server_host`, account-wide `transport` and `expires`, no retries
 * - `v71`: V71 to V73: servers are numbered (`sip_server.1.address`), `transport` is still account-wide
 * - `v80`: V80: `sip_server.1.transport_type`; infrastructure keys still without `static.`
 * - `v81`: V81 and V82: `static.` before infrastructure keys, boot files
 * - `v83`: V83 and later: as V81, but for `lang.*` without `static.`
 *
 * [vendor-docs: ranges and tables · field: the split between generations]
 */
export const cfgGenerations = ['v70', 'v71', 'v80', 'v81', 'v83'] as const;

export type CfgGeneration = (typeof cfgGenerations)[number];

/** Families of T20P, T22P, T26P, T28P, T32G and T38G, whose early V71 still has the names of V70. [inference] */
const oldestFamilies: ReadonlySet<number> = new Set([2, 6, 7, 9, 32, 38]);

/**
 * `108.86.0.20` → `v83`: the first number is the image family, the second the version. [field]
 * Null for what is no firmware of a phone, and for versions older than any whose keys are known.
 */
export function generationOf(firmware: string): CfgGeneration | null {
  const [, family, version] = /^(\d{1,3})\.(\d{2})(?:\.\d+)*$/.exec(firmware) ?? [];
  const number = Number(version ?? 0);
  if (number >= 83) return 'v83';
  if (number >= 81) return 'v81';
  if (number === 80) return 'v80';
  if (number === 71 && oldestFamilies.has(Number(family))) return 'v70';
  if (number >= 71) return 'v71';
  return number === 70 ? 'v70' : null;
}

/** Whether phones of a generation ask for `<mac>.boot`. [vendor-docs] */
export function asksForBoot(generation: CfgGeneration): boolean {
  return generation === 'v81' || generation === 'v83';
}
