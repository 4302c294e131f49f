import { type Import, importedNames, importsOf } from '../imports.ts';
import { type Rule, sample, type Violation, violation } from '../rule.ts';
import { isCode, isProduct, isUnder, type SourceFile } from '../source.ts';

export const pureFolders = ['model', 'load', 'edit', 'compile', 'plan', 'report'].map(
  (part) => `engine/${part}/`,
);

/** A rule about the modules that some files import. */
function importRule(
  name: string,
  concerns: (file: SourceFile) => boolean,
  allows: (found: Import, file: SourceFile) => boolean,
  samples: Pick<Rule, 'caught' | 'fine'>,
): Rule {
  const check = (files: readonly SourceFile[]): readonly Violation[] =>
    files
      .filter((file) => isCode(file) && concerns(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((found) => !allows(found, file))
          .map(({ module, line }) => ({ path: file.path, line, what: `imports ${module}` })),
      );
  return { name, check, ...samples };
}

const starts = (module: string, ...prefixes: readonly string[]) =>
  prefixes.some((prefix) => module === prefix || (prefix.endsWith('/') && module.startsWith(prefix)));

const calculating = ['node:buffer', 'node:crypto', 'node:path', 'node:path/posix', 'node:util'];

export const pureImports = importRule(
  'the pure parts of the engine import only pure code',
  (file) => isUnder(file, ...pureFolders),
  ({ module }) =>
    starts(module, ...pureFolders, 'schemas/', 'providers/contract.ts', ...calculating) ||
    starts(module, 'ajv', 'yaml', 'fastest-levenshtein'),
  {
    caught: [
      sample('engine/plan/plan.ts', "import { readFileSync } from 'node:fs';"),
      sample('engine/plan/plan.ts', "const load = () => import('node:os');"),
      sample('engine/report/a.ts', "export { journal } from '../state/journal.ts';"),
      sample('engine/load/a.ts', "import type { Agent } from 'undici';"),
    ],
    fine: [
      sample('engine/plan/plan.ts', "import { createHash } from 'node:crypto';\nimport '../model/index.ts';"),
      sample('engine/run/targets/read.ts', "import 'node:fs';"),
      sample('engine/plan/plan.ts', "// import 'node:fs'\nconst text = \"import 'node:fs'\";"),
    ],
  },
);

export const engineImports = importRule(
  'the engine imports nothing outside itself but the contract and the transport',
  (file) => isUnder(file, 'engine/'),
  ({ module, inside }) =>
    !inside || starts(module, 'engine/', 'schemas/', 'providers/contract.ts', 'providers/transport/'),
  {
    caught: [
      sample('engine/run/a.ts', "import '../../cli/table.ts';"),
      sample('engine/run/a.ts', "import '../../providers/registry.ts';"),
    ],
    fine: [sample('engine/run/a.ts', "import type { Driver } from '../../providers/contract.ts';")],
  },
);

const driverFolder = /^providers\/(memory|(pbx|device|ticket|observer)\/[^/]+)\//;

/** What all drivers have in common, beside the contract and the transport. */
const commonOfDrivers = [
  'providers/identity.ts',
  'providers/numbers.ts',
  'providers/panel.ts',
  'providers/rules.ts',
];

export const driverImports = importRule(
  'a driver imports the contract, the model, the transport, what drivers share, and itself',
  (file) => driverFolder.test(file.path),
  ({ module }, file) =>
    starts(
      module,
      'providers/contract.ts',
      'providers/transport/',
      'engine/model/',
      ...commonOfDrivers,
      ...calculating,
    ) || module.startsWith(driverFolder.exec(file.path)?.[0] ?? file.path),
  {
    caught: [
      sample('providers/pbx/tiny/a.ts', "import '../other/api.ts';"),
      sample('providers/pbx/tiny/a.ts', "import '../../../engine/plan/index.ts';"),
      sample('providers/device/tiny/a.ts', "import 'undici';"),
      sample('providers/memory/a.ts', "import 'node:net';"),
      sample('providers/observer/tiny/a.ts', "import '../../pbx/tiny/fields.ts';"),
    ],
    fine: [
      sample(
        'providers/pbx/tiny/a.ts',
        "import '../../contract.ts';\nimport '../../rules.ts';\nimport './fields.ts';\nimport 'node:crypto';",
      ),
    ],
  },
);

export const transportImports = importRule(
  'the transport and the contract know no driver',
  (file) =>
    isUnder(
      file,
      'providers/transport/',
      'providers/contract.ts',
      'providers/facts.ts',
      'providers/witness.ts',
      ...commonOfDrivers,
    ),
  ({ module, inside }) =>
    !inside ||
    starts(
      module,
      'providers/contract.ts',
      'providers/facts.ts',
      'providers/witness.ts',
      'providers/transport/',
      'engine/model/',
    ),
  {
    caught: [sample('providers/transport/http.ts', "import '../memory/driver.ts';")],
    fine: [sample('providers/transport/http.ts', "import 'undici';\nimport '../contract.ts';")],
  },
);

/** A simulated SSH host is a server: it shares no code with the transport, which is a client. */
const labSsh = 'lab/bastion/';

export const labImports = importRule(
  'the lab shares nothing with engine or drivers',
  (file) => isUnder(file, 'lab/'),
  ({ module }, file) =>
    starts(module, 'lab/', 'selfsigned') ||
    module.startsWith('node:') ||
    (module === 'ssh2' && isUnder(file, labSsh)),
  {
    caught: [
      sample('lab/index.ts', "import '../engine/model/index.ts';"),
      sample('lab/tiny/box.ts', "import '../../providers/pbx/tiny/fields.ts';"),
      sample('lab/tiny/box.ts', "import 'ssh2';"),
    ],
    fine: [
      sample('lab/tiny/box.ts', "import '../contract.ts';\nimport 'node:http';"),
      sample('lab/bastion/server.ts', "import 'ssh2';"),
    ],
  },
);

export const labUsers = importRule(
  'only the command line, tests and measurements start the lab',
  (file) => isUnder(file, 'engine/', 'providers/', 'stacks/'),
  ({ module }) => !module.startsWith('lab/'),
  {
    caught: [sample('providers/pbx/tiny/a.ts', "import '../../../lab/index.ts';")],
    fine: [sample('cli/commands/lab.ts', "import '../../lab/index.ts';")],
  },
);

export const labTests = importRule(
  'tests of the lab use no driver and no engine',
  (file) => isUnder(file, 'test/lab/'),
  ({ module }) => !/^(providers|engine|stacks|cli)\//.test(module),
  {
    caught: [sample('test/lab/a.test.ts', "import '../../providers/transport/http.ts';")],
    fine: [sample('test/lab/a.test.ts', "import '../../lab/index.ts';\nimport 'undici';")],
  },
);

/** Package → the folders whose product code may import it. A package that is missing here may not be imported at all. */
const homes: Readonly<Record<string, readonly string[]>> = {
  '@bufbuild/protobuf': ['stacks/plugin/'],
  '@cdktf/provider-null': ['stacks/synth/write.ts'],
  '@clack/prompts': ['cli/'],
  '@connectrpc/connect': ['stacks/plugin/'],
  '@connectrpc/connect-node': ['stacks/plugin/'],
  '@msgpack/msgpack': ['stacks/plugin/'],
  'age-encryption': ['engine/secrets/'],
  ajv: ['engine/load/'],
  cdktf: ['stacks/constructs/', 'stacks/synth/write.ts'],
  'cli-table3': ['cli/'],
  commander: ['cli/'],
  constructs: ['stacks/constructs/', 'stacks/synth/write.ts'],
  esbuild: ['scripts/'],
  'fastest-levenshtein': ['engine/load/', 'cli/'],
  fflate: ['stacks/run/'],
  'json-schema-to-typescript': ['scripts/'],
  'p-limit': ['engine/run/', 'providers/transport/', 'stacks/provider/', 'stacks/run/'],
  selfsigned: ['lab/'],
  ssh2: ['providers/transport/', labSsh],
  ulid: ['engine/'],
  undici: ['providers/transport/'],
  vitest: ['vitest.config.ts'],
  yaml: ['engine/load/', 'engine/edit/'],
  'yocto-spinner': ['cli/'],
};

export const packageHomes = importRule(
  'every package is imported only where it belongs',
  isProduct,
  ({ module, inside }, file) =>
    inside || module.startsWith('node:') || isUnder(file, ...(homes[module] ?? [])),
  {
    caught: [
      sample('cli/a.ts', "import { request } from 'undici';"),
      sample('engine/run/a.ts', "import { parse } from 'yaml';"),
      sample('cli/a.ts', "const cdktf = await import('cdktf');"),
      sample('cli/a.ts', "import lodash from 'lodash';"),
      sample('engine/run/a.ts', "import 'ajv/dist/2020.js';"),
    ],
    fine: [
      sample('engine/load/a.ts', "import 'yaml';\nimport 'ajv/dist/2020.js';"),
      sample('test/unit/a.test.ts', "import 'undici';"),
    ],
  },
);

const pluginServer = 'stacks/plugin/';
const pluginClient = 'test/support/plugin-client/';

const wireLibraries = [
  '@bufbuild/protobuf',
  '@connectrpc/connect',
  '@connectrpc/connect-node',
  '@msgpack/msgpack',
  'node:http2',
];

export const wireImports = importRule(
  "only the plugin server speaks Terraform's protocol, and the client that tests it",
  (file) => !isUnder(file, pluginServer, pluginClient),
  ({ module }) => !wireLibraries.includes(module),
  {
    caught: [
      sample('stacks/provider/a.ts', "import { create } from '@bufbuild/protobuf';"),
      sample('test/e2e/a.test.ts', "import { decode } from '@msgpack/msgpack';"),
      sample('providers/transport/a.ts', "import { connect } from 'node:http2';"),
    ],
    fine: [
      sample('stacks/plugin/server/a.ts', "import 'node:http2';\nimport '@connectrpc/connect-node';"),
      sample('test/support/plugin-client/a.ts', "import { connect } from 'node:http2';"),
    ],
  },
);

export const pluginImports = importRule(
  'the plugin server knows nothing of telephony; its test client shares the messages alone',
  (file) => isUnder(file, pluginServer, pluginClient),
  ({ module, inside }, file) =>
    !inside ||
    (isUnder(file, pluginServer)
      ? starts(module, pluginServer)
      : starts(module, pluginClient, 'stacks/plugin/generated/')),
  {
    caught: [
      sample('stacks/plugin/a.ts', "import '../../engine/model/index.ts';"),
      sample('stacks/plugin/service/a.ts', "import '../../provider/hub.ts';"),
      sample('test/support/plugin-client/a.ts', "import '../../../stacks/plugin/values/read.ts';"),
    ],
    fine: [
      sample('stacks/plugin/service/a.ts', "import '../contract.ts';\nimport 'node:crypto';"),
      sample('test/support/plugin-client/a.ts', "import '../../../stacks/plugin/generated/tfplugin6_pb.ts';"),
    ],
  },
);

const revealers =
  /^(engine\/secrets\/|engine\/model\/secret\.ts$|providers\/transport\/|providers\/(.*\/)?dialect\.ts$)/;

export const revealing: Rule = {
  name: 'secrets are revealed in engine/secrets, in dialects and in the transport only',
  check: (files) =>
    files
      .filter((file) => isProduct(file) && !revealers.test(file.path))
      .flatMap((file) => [
        ...importedNames(file)
          .filter(({ name }) => name === 'reveal')
          .map(({ index }) => violation(file, index, 'imports reveal')),
        ...[...file.text.matchAll(/\bSecret\.open\b/g)].map(({ index }) =>
          violation(file, index, 'opens a secret'),
        ),
      ]),
  caught: [
    sample('providers/pbx/tiny/session.ts', "import { reveal } from '../../../engine/model/index.ts';"),
    sample('cli/a.ts', "import { reveal as show } from '../engine/model/index.ts';"),
    sample('cli/a.ts', "export { reveal } from '../engine/model/index.ts';"),
    sample('engine/run/a.ts', 'const text = Secret.open(secret);'),
  ],
  fine: [
    sample('providers/pbx/tiny/dialect.ts', "import { reveal } from '../../../engine/model/index.ts';"),
    sample('engine/plan/a.ts', '/** Whoever may `reveal` it. */'),
  ],
};
