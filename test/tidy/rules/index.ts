import type { Rule } from '../rule.ts';
import * as boundaries from './boundaries.ts';
import * as content from './content.ts';
import { onlyExamples } from './hosts.ts';
import { lazyLoading } from './lazy.ts';
import { linksResolve } from './links.ts';
import { noAny, tellingNames, vendorFree } from './names.ts';
import { noClock, noEnvironment, noPrinting, noRandomness } from './purity.ts';
import { shortFiles, shortFunctions } from './size.ts';

/** Every rule that looks at one file at a time, in the order of CONTRIBUTING.md. */
export const rules: readonly Rule[] = [
  boundaries.pureImports,
  noClock,
  noEnvironment,
  noRandomness,
  noPrinting,
  boundaries.engineImports,
  vendorFree,
  boundaries.driverImports,
  boundaries.transportImports,
  boundaries.labImports,
  boundaries.labUsers,
  boundaries.labTests,
  boundaries.packageHomes,
  boundaries.wireImports,
  boundaries.pluginImports,
  lazyLoading,
  boundaries.revealing,
  tellingNames,
  shortFiles,
  shortFunctions,
  noAny,
  onlyExamples,
  content.noMachinePaths,
  content.noRegistryHosts,
  content.noPrivateKeys,
  content.noLeftovers,
  linksResolve,
];
