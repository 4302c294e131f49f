/**
 * `npm run bench`: what Alta costs, beside what it cannot cost less than.
 *
 * How to read the table. Every row is measured in this one run. *median (min–max)* is over several runs of a whole process (the start of
 * Node included) unless the row says otherwise. *CPU* is its user and system time: on a machine that others use too, trust it more than
 * the wall clock. *against* is a floor that does only what cannot be left out (the same requests and `JSON.parse`, a bare parse of the
 * same bytes, the same syncs to disk); ours and the floor run in turns. *×* is ours divided by the floor: it means the same on another
 * machine, absolute numbers do not. *target* is what the design asks for on an unloaded machine with two cores. Nothing here passes or
 * fails.
 *
 * Workspaces are generated, the same in every run: 10 × 100, 100 × 100 and 10 × 1,000 extensions, one box for each client, all boxes
 * in one lab process that counts as nobody's time. Few extensions have an encrypted secret (`--secrets`, default 200 in each workspace):
 * sealing takes 4 ms each, and a ciphertext cannot serve two names. The logins of all boxes are encrypted.
 *
 * The three rows of group `startup` go through `bin/alta.js`, which builds where HEAD has moved since the build: a commit made during the
 * run shows as a maximum of seconds there.
 *
 * Options: `--json`; `--only startup,plan,…`; `--rounds N` (5); `--secrets N` (200). Environment: `ALTA_KILLS` (100).
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { jsonOf, tableOf } from './print.ts';
import type { Bench, Group, Row } from './row.ts';
import { crash } from './rows/crash.ts';
import { engines } from './rows/engines.ts';
import { overhead } from './rows/overhead.ts';
import { plan, reading } from './rows/plan.ts';
import { startup } from './rows/startup.ts';
import { terraform } from './rows/terraform.ts';
import { validate } from './rows/validate.ts';

const groups: Readonly<Record<string, Group>> = {
  startup,
  validate,
  plan,
  reading,
  overhead,
  crash,
  engines,
  terraform,
};

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(groups).join(',') },
    rounds: { type: 'string', default: '5' },
    secrets: { type: 'string', default: '200' },
  },
});

function benchIn(root: string): Bench {
  return {
    rounds: Number(flags.rounds),
    secrets: Number(flags.secrets),
    kills: Number(process.env.ALTA_KILLS ?? 100),
    folder: async (name) => {
      const path = join(root, name);
      await mkdir(path);
      return path;
    },
    say: (text) => void process.stderr.write(`… ${text}\n`),
  };
}

const root = await mkdtemp(join(tmpdir(), 'alta-bench-'));
try {
  const bench = benchIn(root);
  const rows: Row[] = [];
  for (const name of flags.only.split(',')) {
    const group = groups[name];
    if (group === undefined) throw new RangeError(`no group "${name}": ${Object.keys(groups).join(', ')}`);
    rows.push(...(await group(bench, rows)));
  }
  const facts = {
    node: process.version,
    processor: cpus()[0]?.model ?? '?',
    cores: cpus().length,
    secrets: bench.secrets,
  };
  if (flags.json) process.stdout.write(`${jsonOf(rows, facts)}\n`);
  else
    process.stdout.write(`Node ${facts.node}, ${facts.cores} cores, ${facts.processor}\n${tableOf(rows)}\n`);
} finally {
  await rm(root, { recursive: true, force: true });
}
