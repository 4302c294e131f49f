import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Debian's suites that have Asterisk, and what theirs can do. */
const suites = {
  /** Asterisk 16: `chan_sip` and `chan_pjsip`. */
  bullseye: { loader: 'lib/x86_64-linux-gnu/ld-2.31.so', modules: 'usr/lib/asterisk/modules' },
  /** Asterisk 22: `chan_pjsip` only. */
  sid: {
    loader: 'usr/lib64/ld-linux-x86-64.so.2',
    modules: 'usr/lib/x86_64-linux-gnu/asterisk/modules',
  },
} as const;

export type Suite = keyof typeof suites;

/** Asterisk's files in a folder of ours: nothing of the machine is changed. */
export interface AsteriskParts {
  readonly root: string;
  readonly modules: string;
  /** Program and first arguments that start it with its own libraries. */
  readonly command: readonly [string, ...string[]];
}

/** All that Asterisk 16 needs; its suite is frozen. The other's libraries change their names, so apt is asked. */
const needed =
  `asterisk asterisk-modules libbsd0 libc6 libcap2 libcrypt1 libedit2 libgcc-s1 libgcrypt20 libgpg-error0
  libgsm1 libicu67 libjansson4 liblz4-1 liblzma5 libmd0 libnspr4 libnss3 libsqlite3-0 libsrtp2-1 libssl1.1 libstdc++6
  libsystemd0 libtinfo6 liburiparser1 libuuid1 libxml2 libxslt1.1 libzstd1 zlib1g`.split(/\s+/);

/** What is needed to install a package, and never to run it. */
const idle =
  /^(perl|libperl|gnupg|gpg|dirmngr|dpkg|tar|debconf|passwd|adduser|libpam|lsb-|tzdata|libsnmp-base|pci\.ids|asterisk-(config|core-sounds|moh)|sensible|login|media-types|init-system)/;

/**
 * Fetches Asterisk once from the Debian mirror that this machine uses, into a folder below the system's temporary one. Needs neither root
 * nor a service.
 * @throws where the machine is no Debian, has no network, or the suite is gone
 */
export async function asteriskParts(suite: Suite): Promise<AsteriskParts> {
  if (process.arch !== 'x64') throw new Error('no parts for this kind of machine');
  const root = join(tmpdir(), `alta-asterisk-${userInfo().uid}`, suite);
  if (!existsSync(join(root, 'usr/sbin/asterisk'))) await fetchInto(root, suite);
  const { loader, modules } = suites[suite];
  const libraries = ['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu', 'usr/lib'];
  const path = libraries.map((folder) => join(root, folder)).join(':');
  return {
    root,
    modules: join(root, modules),
    command: [join(root, loader), '--library-path', path, join(root, 'usr/sbin/asterisk')],
  };
}

async function fetchInto(root: string, suite: Suite): Promise<void> {
  const work = `${root}.${process.pid}`;
  try {
    const apt = await aptRoot(work, suite);
    const names = suite === 'sid' ? await closure(apt) : needed;
    const cwd = join(work, 'packages');
    await run('apt-get', ['download', '-qq', ...names], { cwd, env: apt });
    const tree = join(work, 'tree');
    for (const file of await readdir(cwd)) await run('dpkg-deb', ['-x', join(cwd, file), tree]);
    // Another worker may have been faster.
    await rename(tree, root).catch((error) => {
      if (!existsSync(root)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** An apt of our own, with the machine's mirror and settings but none of its state. */
async function aptRoot(work: string, suite: Suite): Promise<NodeJS.ProcessEnv> {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'packages', 'tree']) {
    await mkdir(join(work, folder), { recursive: true });
  }
  const { archive, security } = await mirrors();
  const signed = '[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]';
  const sources = [`deb ${signed} ${archive} ${suite} main`];
  if (suite === 'bullseye') sources.push(`deb ${signed} ${security} bullseye-security main`);
  await writeFile(join(work, 'sources.list'), `${sources.join('\n')}\n`);
  await writeFile(join(work, 'status'), '');
  await writeFile(join(work, 'apt.conf'), settings(work));
  const env = { ...process.env, APT_CONFIG: join(work, 'apt.conf'), LC_ALL: 'C' };
  await run('apt-get', ['update', '-qq', '--error-on=any'], { env });
  return env;
}

function settings(work: string): string {
  const places = {
    'Dir::Etc::sourcelist': 'sources.list',
    'Dir::State::lists': 'lists',
    'Dir::State::status': 'status',
    'Dir::State::extended_states': 'extended_states',
    'Dir::Cache': 'cache',
    'Dir::Cache::archives': 'cache/archives',
  };
  const unused = ['sourceparts', 'preferences', 'preferencesparts'];
  return [
    ...Object.entries(places).map(([name, place]) => `${name} "${join(work, place)}";`),
    ...unused.map((name) => `Dir::Etc::${name} "/dev/null";`),
    'APT::Install-Recommends "false";',
    'APT::Sandbox::User "root";',
    'Acquire::Check-Valid-Until "false";',
    'Acquire::Retries "1";',
    'Acquire::http::Timeout "15";',
  ].join('\n');
}

/** Where this machine's own Debian comes from: its sources as apt reads them. */
async function mirrors(): Promise<{ readonly archive: string; readonly security: string }> {
  const { stdout } = await run('apt-get', ['update', '--print-uris']);
  const places = [...stdout.matchAll(/'(\S+)\/dists\/([a-z]+(?:-[a-z]+)?)\/InRelease'/g)];
  const security = places.find(([, , suite = '']) => suite.endsWith('-security'))?.[1];
  const archive = places.find(
    ([, place = '', suite]) => place.endsWith('/debian') && suite !== undefined,
  )?.[1];
  if (archive === undefined || security === undefined) throw new Error('no mirror of Debian is known here');
  return { archive, security };
}

async function closure(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const { stdout } = await run('apt-get', ['install', '--print-uris', '-qq', 'asterisk'], { env });
  const files = stdout.split('\n').flatMap((line) => line.split(' ')[1] ?? []);
  return files.map((file) => file.split('_')[0] ?? '').filter((name) => name !== '' && !idle.test(name));
}
