// The main job on the embedded lab, as a technician would do it: every line that begins with `$` is a real command of the
// built `alta`, run in a workspace of its own. Ends with 0 only where every step came out as it says.
//
//   npm run demo              in the language of the locale
//   npm run demo -- --lang es
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { texts } from './demo-texts.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const alta = join(root, 'bin', 'alta.js');
const lang = chosenLanguage();
const say = texts[lang];
const workspace = mkdtempSync(join(tmpdir(), 'alta-demo-'));

/** @returns {'en' | 'es'} */
function chosenLanguage() {
  const given = process.argv.indexOf('--lang');
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  const wanted = given === -1 ? locale.slice(0, 2) : process.argv[given + 1];
  return wanted === 'es' ? 'es' : 'en';
}

let step = 0;

function title(text) {
  step += 1;
  console.log(`\n━━ ${step}. ${text}\n`);
}

/** Runs one command of alta, showing it and what it prints; fails the demo where it ends with another exit code. */
async function run(args, expected) {
  console.log(`$ alta ${args.map((arg) => (/[\s*]/.test(arg) ? `'${arg}'` : arg)).join(' ')}`);
  const child = spawn(process.execPath, [alta, ...args, '--lang', lang], {
    cwd: workspace,
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code === expected) return;
  console.error(say.unexpected(args[0], expected, code));
  throw new Error('demo');
}

/** Starts `alta lab` and waits until it says that it is ready. */
async function startLab() {
  const args = ['lab', '--workspace', workspace, '--boxes', '--phones', '--json'];
  const child = spawn(process.execPath, [alta, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const line = await Promise.race([
    new Promise((resolve) => createInterface(child.stdout).once('line', resolve)),
    ended.then(() => {
      throw new Error('the lab ended before it was ready');
    }),
  ]);
  return {
    ...JSON.parse(line),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Somebody at a box or a phone: through the lab's control endpoint, behind alta's back. */
async function atTheLab(lab, method, path, body) {
  const answer = await fetch(`${lab.control}/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`the lab refused ${path}: ${answer.status}`);
  return answer.json();
}

const clientFile = join(workspace, 'clients', 'acme', 'client.yaml');

/** What the ticket asks for, as it would stand in the pull request. */
const asked = `extensions:
  - { pbx: sede, number: "501", name: Mostrador, nat: true }
  - { pbx: nube, number: "502", name: Despacho }
  - { pbx: sip17, number: "503", name: Muelle, department: Ventas, userAgent: generic-sip, location: remote }
  - { pbx: pbx2, number: "504", name: Sala, role: user, callerId: anonymous }
  - { pbx: sede, number: "505", name: Entrada, nat: true, callerId: "+34910000001" }
  - { pbx: sip2, number: "506", name: Centralita de noche, nat: true }
  - { pbx: pbx3, number: "507", name: Fax, internalOnly: true }
  - pbx: almacen
    number: "1000"
    name: Muelle de carga
    adopt: true
    secrets: { sip: { source: unmanaged } }

checks:
  callFlows:
    - { name: Atención, pbx: sip17, number: "+34910000010", reaches: ["503"] }

`;

/** The devices of the lab's workspace stay as they are: only the extensions are written by hand. */
function declare() {
  const text = readFileSync(clientFile, 'utf8');
  const from = text.indexOf('\nextensions:') + 1;
  const devices = text.indexOf('# ', from);
  const phones = text.slice(text.indexOf('\ndevices:') + 1);
  writeFileSync(clientFile, text.slice(0, from) + asked + text.slice(devices));
  console.log((asked + phones).trimEnd().replace(/^/gm, '    '));
}

/** A technician at the phone's own page, with what the form says; the password stands in the PBX's panel. */
async function byHand(lab) {
  const { 505: extension } = await atTheLab(lab, 'GET', 'boxes/sede/running');
  await atTheLab(lab, 'POST', 'phones/entrada/edit', {
    changes: {
      'account.1.enable': '1',
      'account.1.label': 'Entrada',
      'account.1.display_name': 'Entrada',
      'account.1.auth_name': '505',
      'account.1.user_name': '505',
      'account.1.password': extension.registerpassword,
      'account.1.sip_server.1.address': 'sede.example',
      'account.1.sip_server.1.port': '5060',
      'account.1.sip_server.1.expires': '180',
    },
  });
}

async function main() {
  const started = performance.now();
  console.log(say.opening);
  title(say.lab);
  const lab = await startLab();
  try {
    for (const { name, driver, url } of lab.services)
      console.log(`    ${name.padEnd(13)}${driver.padEnd(11)}${url}`);
    title(say.declare);
    declare();
    await run(['secrets', 'generate', '--client', 'acme'], 0);
    await run(['validate'], 0);
    title(say.plan);
    await run(['plan', '--detailed-exitcode'], 2);
    title(say.apply);
    await run(['apply', '--yes'], 0);
    title(say.second);
    await run(['plan', '--detailed-exitcode'], 0);
    title(say.later);
    await atTheLab(lab, 'POST', 'phones/muelle/fetch');
    await atTheLab(lab, 'POST', 'phones/sala/power', { on: true });
    await run(['apply', '--yes'], 0);
    title(say.byHand);
    await byHand(lab);
    await run(['attest', 'acme/device:entrada/account:1'], 0);
    title(say.verify);
    await run(['verify'], 0);
    title(say.colleague);
    await atTheLab(lab, 'POST', 'boxes/sede/edit', {
      number: '501',
      fields: { username: 'Caja', maxregistrations: '5' },
      apply: true,
    });
    await atTheLab(lab, 'POST', 'phones/mostrador/edit', { changes: { 'account.1.label': 'Caja' } });
    await run(['drift'], 2);
    title(say.repair);
    await run(['apply', '--yes'], 0);
    await run(['plan', '--detailed-exitcode'], 0);
  } finally {
    await lab.stop();
  }
  console.log(`\n${say.closing(((performance.now() - started) / 1000).toFixed(0))}`);
}

try {
  await main();
} catch (error) {
  if (error.message !== 'demo') console.error(error);
  process.exitCode = 1;
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
