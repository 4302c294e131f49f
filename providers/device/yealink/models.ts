import type { Source } from '../../contract.ts';
import type { CfgGeneration } from './generation.ts';

/** One model, as far as it is known. */
export interface Model {
  readonly name: string;
  /** The `NN` of its common file `y0000000000NN.cfg`. [field] */
  readonly code: number;
  /** Accounts it holds; null = unknown, so that lines are not checked. [field] */
  readonly accounts: number | null;
  /** First number of its firmware; null = unknown. Not always the code. [field] */
  readonly family: number | null;
  /** The oldest key names that a firmware of it uses; null = unknown. [inference] */
  readonly oldest: CfgGeneration | null;
  /** Where name and code come from. */
  readonly source: Source;
}

function model(
  name: string,
  code: number,
  accounts: number | null,
  family: number | null,
  oldest: CfgGeneration | null,
): Model {
  return { name, code, accounts, family, oldest, source: 'field' };
}

/** Models of V70 to V87. */
export const models: readonly Model[] = [
  model('T28P', 0, 6, null, 'v70'),
  model('T26P', 4, 3, null, 'v70'),
  model('T22P', 5, 3, null, 'v70'),
  model('T20P', 7, 2, null, 'v70'),
  model('W52P', 25, 5, null, null),
  model('W56P', 25, null, null, null),
  model('T46G', 28, 16, null, 'v71'),
  model('T42G', 29, 12, null, 'v71'),
  model('T32G', 32, 3, null, 'v70'),
  model('T48G', 35, 16, null, 'v71'),
  model('T41P', 36, 6, null, 'v71'),
  model('CP860', 37, null, null, null),
  model('T38G', 38, null, null, 'v70'),
  model('T23P', 44, 3, null, null),
  model('T23G', 44, 3, null, null),
  model('T27P', 45, 6, null, null),
  model('T29G', 46, 16, null, null),
  model('T21P_E2', 52, 2, 52, null),
  model('T19P_E2', 53, 1, null, null),
  model('T40P', 54, 3, null, null),
  model('T56A', 56, null, null, 'v80'),
  model('T58', 58, 16, null, 'v80'),
  model('T58A', 58, 16, null, 'v80'),
  model('T48S', 65, 16, 66, 'v81'),
  model('T46S', 66, 16, 66, 'v81'),
  model('T42S', 67, 12, 66, 'v81'),
  model('T41S', 68, 6, 66, 'v81'),
  model('T27G', 69, 6, null, 'v81'),
  model('T54S', 70, null, null, 'v81'),
  model('CP960', 73, null, null, null),
  model('T52S', 74, null, null, 'v81'),
  model('T40G', 76, 3, null, 'v81'),
  model('W60B', 77, null, null, 'v81'),
  model('CP920', 78, null, null, 'v81'),
  model('VP59', 91, null, null, null),
  model('T53', 95, 12, 96, 'v83'),
  model('T53W', 95, 12, 96, 'v83'),
  model('T54W', 96, 16, 96, 'v83'),
  model('T57W', 97, 16, 96, 'v83'),
  model('T43U', 107, 12, 108, 'v83'),
  model('T46U', 108, 16, 108, 'v83'),
  model('T48U', 109, 16, 108, 'v83'),
  model('T42U', 116, 12, 108, 'v83'),
  model('T30', 124, 1, 124, 'v83'),
  model('T30P', 124, 1, 124, 'v83'),
  model('T31', 123, 2, 124, 'v83'),
  model('T31P', 123, 2, 124, 'v83'),
  model('T31G', 123, 2, 124, 'v83'),
  model('T33P', 124, 4, 124, 'v83'),
  model('T33G', 124, 4, 124, 'v83'),
  model('CP965', 143, null, null, 'v83'),
  model('W70B', 146, null, 146, 'v83'),
  model('CP925', 148, null, null, 'v83'),
  model('T58W', 150, 16, 150, 'v83'),
  model('T34W', 171, 4, null, 'v83'),
  model('T31W', 172, 2, null, 'v83'),
  model('T44U', 174, 12, null, 'v83'),
  model('T44W', 174, 12, null, 'v83'),
  model('W75', 175, null, null, 'v83'),
  model('W80', 175, null, null, 'v83'),
  model('AX83H', 180, null, 180, 'v83'),
  model('AX86R', 182, null, 180, 'v83'),
  model('T73W', 183, null, 185, 'v83'),
  model('T74W', 184, null, 185, 'v83'),
  model('T73U', 186, null, 185, 'v83'),
  model('T74U', 187, null, 185, 'v83'),
  model('T77U', 188, null, 185, 'v83'),
  model('T88', 192, null, 192, 'v83'),
  model('T85W', 196, null, 185, 'v83'),
  model('T87W', 197, null, 185, 'v83'),
];

/** `T46U`, `SIP-T46U`, `t21p e2` → the model; null for one that is not in the table. */
export function modelOf(name: string): Model | null {
  const wanted = plain(name);
  return models.find((one) => plain(one.name) === wanted) ?? null;
}

function plain(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^(YEALINK)?(SIP)?/, '');
}

/** The file that all phones of a model fetch: `y000000000108.cfg`. [vendor-docs] */
export function commonFileOf({ code }: Model): string {
  return `y${String(code).padStart(12, '0')}.cfg`;
}
