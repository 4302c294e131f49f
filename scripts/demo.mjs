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

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const alta = join(root, 'bin', 'alta.js');
const lang = chosenLanguage();
const say = texts()[lang];
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
  const child = spawn(process.execPath, [alta, 'lab', '--workspace', workspace, '--json'], {
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

/** A colleague at the box's web panel: through the lab's control endpoint, behind alta's back. */
async function inThePanel(lab, box, action, body) {
  const answer = await fetch(`${lab.control}/boxes/${box}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the lab refused ${action}: ${answer.status}`);
}

const clientFile = join(workspace, 'clients', 'acme', 'client.yaml');

/** What the ticket asks for, as it would stand in the pull request. */
const asked = `extensions:
  - pbx: sede
    number: "110"
    name: Recepción
    email: recepcion@acme.example
    nat: true
  - pbx: sede
    number: "111"
    name: Almacén
    concurrentRegistrations: 2
    nat: true
  - pbx: almacen
    number: "1000"
    name: Muelle de carga
    adopt: true
    secrets: { sip: { source: unmanaged } }
`;

function declare() {
  const text = readFileSync(clientFile, 'utf8');
  writeFileSync(clientFile, `${text.slice(0, text.indexOf('\nextensions:') + 1)}${asked}`);
  console.log(asked.replace(/^/gm, '    '));
}

async function main() {
  const started = performance.now();
  console.log(say.opening);
  title(say.lab);
  const lab = await startLab();
  try {
    for (const { name, url } of lab.services) console.log(`    ${name}  ${url}`);
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
    title(say.verify);
    await run(['verify'], 0);
    title(say.colleague);
    await inThePanel(lab, 'sede', 'edit', { number: '110', fields: { username: 'Mostrador' }, apply: true });
    await inThePanel(lab, 'sede', 'edit', { number: '111', fields: { maxregistrations: '5' }, apply: true });
    await run(['drift'], 2);
    title(say.repair);
    await run(['apply', '--yes'], 0);
    await run(['plan', '--detailed-exitcode'], 0);
  } finally {
    await lab.stop();
  }
  console.log(`\n${say.closing(((performance.now() - started) / 1000).toFixed(0))}`);
}

function texts() {
  return {
    en: {
      opening: 'Alta on its embedded lab: simulated Yeastar PBXs on this machine, nothing else is contacted.',
      lab: 'The lab starts: a box with API v2.0.0 and an older one with v1.1.0, each with extensions of its own',
      declare:
        'The ticket becomes YAML: two new extensions, and one that exists already is taken over and renamed',
      plan: 'What would change? Nothing is written yet',
      apply: 'Apply: write, press the box’s own Apply where it has one, read again',
      second: 'The second plan has no change',
      verify: 'Does it work? What only a person can tell is listed as such',
      colleague: 'A colleague edits two extensions in the web panel; alta notices',
      repair: 'Apply puts back what the YAML declares',
      unexpected: (command, expected, code) => `alta ${command} ended with ${code}, expected ${expected}`,
      closing: (seconds) => `Done in ${seconds} s: declared, planned, applied, proven, repaired.`,
    },
    es: {
      opening:
        'Alta en su laboratorio: centralitas Yeastar simuladas en este equipo; no se contacta con nada más.',
      lab: 'Arranca el laboratorio: un equipo con API v2.0.0 y otro más antiguo con v1.1.0, cada uno con sus extensiones',
      declare:
        'El ticket se convierte en YAML: dos extensiones nuevas, y una que ya existe se adopta y cambia de nombre',
      plan: '¿Qué cambiaría? Todavía no se escribe nada',
      apply: 'Aplicar: escribir, pulsar el Apply del equipo donde lo hay, volver a leer',
      second: 'El segundo plan no tiene cambios',
      verify: '¿Funciona? Lo que solo puede ver una persona se indica como tal',
      colleague: 'Un compañero cambia dos extensiones en el panel web; alta se da cuenta',
      repair: 'Aplicar restaura lo que declara el YAML',
      unexpected: (command, expected, code) =>
        `alta ${command} ha terminado con ${code}, se esperaba ${expected}`,
      closing: (seconds) => `Hecho en ${seconds} s: declarado, planificado, aplicado, comprobado, reparado.`,
    },
  };
}

try {
  await main();
} catch (error) {
  if (error.message !== 'demo') console.error(error);
  process.exitCode = 1;
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
