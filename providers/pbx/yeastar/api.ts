/** The names that one generation of the API uses. [vendor-docs] */
export interface Api {
  /** As it stands in the path: `v2.0.0`. */
  readonly version: string;
  /** 1 = query and update only, with an apply of its own; 2 = all four, applied automatically. */
  readonly generation: 1 | 2;
  /** The key that names an extension in what we send. */
  readonly numberKey: 'extid' | 'number';
  /** The keys that may name it in answers; the first one present counts. */
  readonly answerKeys: readonly string[];
  readonly listPath: string;
}

/** The paths that do not differ between the generations. */
export const paths = {
  login: 'login',
  logout: 'logout',
  device: 'deviceinfo/query',
  query: 'extension/query',
  create: 'extension/add',
  update: 'extension/update',
  delete: 'extension/delete',
  apply: 'apply',
} as const;

/**
 * The versions to try in turn, at most two. `auto` starts with v2.0.0 (firmware 30.13.0.30 and later) and falls back to v1.1.0;
 * anything older is named by hand.
 */
export function candidates(option: unknown): readonly [Api, Api?] {
  if (typeof option === 'string' && option !== 'auto') return [apiOf(option)];
  return [apiOf('v2.0.0'), apiOf('v1.1.0')];
}

/** @param version `v1.0.0` … `v2.0.0`; everything before v2 is generation 1. */
export function apiOf(version: string): Api {
  return version.startsWith('v2')
    ? {
        version,
        generation: 2,
        numberKey: 'number',
        answerKeys: ['number'],
        listPath: 'extension/list',
      }
    : {
        version,
        generation: 1,
        numberKey: 'extid',
        answerKeys: ['extnumber', 'extid'],
        listPath: 'extensionlist/query',
      };
}

/** First firmware of the S-Series and of the Cloud PBX with v2.0.0. [vendor-docs] */
const second: readonly string[] = ['30.13.0.30', '81.13.0.30'];

/** Whether a firmware is known to have v2.0.0; false for a series whose numbers are not known. */
export function hasSecond(firmware: string): boolean {
  const found = firmware.split('.').map(Number);
  return second.some((first) => {
    const least = first.split('.').map(Number);
    if (found.length !== least.length || found[0] !== least[0]) return false;
    const at = least.findIndex((part, index) => part !== found[index]);
    return at < 0 || (found[at] ?? 0) > (least[at] ?? 0);
  });
}

/** `/api/v2.0.0/extension/add` */
export function pathOf(api: Api, path: string): string {
  return `/api/${api.version}/${path}`;
}
