import { createHash } from 'node:crypto';
import type { LabPhoneFetch } from '../contract.ts';
import { type Entry, parseCfg } from './cfg.ts';
import { forgetOthers, settingOf } from './config.ts';
import { type Download, download } from './download.ts';
import { staticKey } from './keys.ts';
import { commonFile, firmwareNumber } from './models.ts';
import { change, colons, type Phone, queue, userAgent } from './phone.ts';
import { reboot } from './power.ts';

/** One file of a set, as it came. */
interface ConfigFile {
  /** Remembered by it. */
  address: string;
  entries: Entry[];
  digest: string;
  fetch: LabPhoneFetch;
}

interface Plan {
  addresses: URL[];
  overwrite: boolean;
}

/** Fetches and applies the configuration once everything before it is done; answers what was fetched. */
export function fetchConfiguration(phone: Phone): Promise<LabPhoneFetch[]> {
  return queue(phone, () => fetchNow(phone));
}

/** {@link fetchConfiguration} for whoever is already in the queue. */
export async function fetchNow(phone: Phone): Promise<LabPhoneFetch[]> {
  const first = phone.fetches.length;
  const base = serverUrl(phone);
  if (base !== undefined && phone.on) await fetchSet(phone, base);
  return phone.fetches.slice(first);
}

async function fetchSet(phone: Phone, base: URL): Promise<void> {
  const plan = (await bootPlan(phone, base)) ?? { addresses: oldNames(phone, base), overwrite: false };
  const addresses = [...plan.addresses, ...localFile(phone, base)];
  const files: ConfigFile[] = [];
  for (const address of addresses) {
    const file = await fetchFile(phone, address);
    if (file === 'stop') return;
    if (file !== undefined) files.push(file);
  }
  if (phone.closing.signal.aborted) return;
  applySet(phone, files, plan.overwrite);
}

/** All files at once, later ones over earlier ones (D); unchanged ones are left alone (D). */
function applySet(phone: Phone, files: readonly ConfigFile[], overwrite: boolean): void {
  const { unchangedFiles, fetchReboots, staticKeys } = phone.settings.doubts;
  const fresh = files.filter(({ fetch }) => !fetch.unchanged);
  if (fresh.length === 0) return;
  for (const { address, digest } of fresh) phone.digests.set(address, digest);
  if (overwrite) forgetOthers(phone.config, namedIn(files));
  const applied = unchangedFiles === 'reapplied' ? files : fresh;
  const { changed } = change(
    phone,
    applied.flatMap(({ entries }) => entries),
    'server',
  );
  const isStatic = changed.some((key) => key.startsWith('static.'));
  if (isStatic && fetchReboots && staticKeys === 'after-reboot') void reboot(phone);
}

/** Parameters with a value; blank ones count as absent (D). */
function namedIn(files: readonly ConfigFile[]): ReadonlySet<string> {
  const all = files.flatMap(({ entries }) => entries);
  return new Set(all.filter(([, value]) => value !== '').map(([key]) => key));
}

/** `<mac>.boot`, else `y000000000000.boot` (D: from V81); undefined where there is none. */
async function bootPlan(phone: Phone, base: URL): Promise<Plan | undefined> {
  if (firmwareNumber(phone.settings.firmware) < 81) return undefined;
  for (const name of [`${phone.settings.mac}.boot`, 'y000000000000.boot']) {
    const address = new URL(name, base);
    const { body } = await fetchText(phone, address);
    const plan = body === undefined ? undefined : parseBoot(body, address);
    if (plan !== undefined) return plan;
  }
  return undefined;
}

const INCLUDED = /^\s*include:config\s+["<]?([^\s"<>]+)[">]?\s*$/;
const QUOTED = /^\s*"([^"]+)"\s*$/;

/** The version line, then `include:config <path>` or a quoted path on each line (D). */
function parseBoot(text: string, base: URL): Plan | undefined {
  const settings = parseCfg(text, 'any');
  if (settings === undefined) return undefined;
  const paths = text.split(/\r?\n/).flatMap((line) => {
    const path = (INCLUDED.exec(line) ?? QUOTED.exec(line))?.[1];
    return path === undefined || !URL.canParse(path, base.href) ? [] : [new URL(path, base)];
  });
  const overwrite = settings.some(([key, value]) => key === 'overwrite_mode' && value === '1');
  return { addresses: paths, overwrite };
}

/** The common file, then the phone's own (D: the mechanism up to V80, and where there is no boot file). */
function oldNames({ settings }: Phone, base: URL): URL[] {
  return [commonFile(settings.model), `${settings.mac}.cfg`].map((name) => new URL(name, base));
}

/** What the user changed, fetched last when `custom.sync` is on (D). */
function localFile(phone: Phone, base: URL): URL[] {
  const wanted = provisioningValue(phone, 'custom.sync') === '1';
  return wanted ? [new URL(`${phone.settings.mac}-local.cfg`, base)] : [];
}

async function fetchFile(phone: Phone, address: URL): Promise<ConfigFile | 'stop' | undefined> {
  const { body, html, fetch } = await fetchText(phone, address);
  if (html && phone.settings.doubts.htmlFile === 'stop') return 'stop';
  const entries = body === undefined ? undefined : parseCfg(body, phone.settings.doubts.lineEnds);
  if (entries === undefined || body === undefined) return undefined;
  const name = withoutCredentials(address).href;
  const digest = createHash('md5').update(body).digest('hex');
  fetch.unchanged = phone.digests.get(name) === digest;
  return { address: name, entries, digest, fetch };
}

/** Asks for one file and notes it; no body unless it came with 200 and is no web page. */
async function fetchText(
  phone: Phone,
  address: URL,
): Promise<{ body: string | undefined; html: boolean; fetch: LabPhoneFetch }> {
  const answer = await download(address, wayOf(phone, address));
  const { pathname, search } = address;
  const fetch = { path: pathname + search, status: answer.status, at: Date.now(), unchanged: false };
  phone.fetches.push(fetch);
  const html =
    answer.status === 200 && (/html/i.test(answer.type) || answer.body.trimStart().startsWith('<'));
  return { body: answer.status === 200 && !html ? answer.body : undefined, html, fetch };
}

function wayOf(phone: Phone, address: URL): Download {
  const inUrl = address.username !== '';
  return {
    userAgent: provisioningAgent(phone),
    username: inUrl ? decodeURIComponent(address.username) : provisioningValue(phone, 'server.username'),
    password: inUrl ? decodeURIComponent(address.password) : provisioningValue(phone, 'server.password'),
    verify:
      settingOf(phone.config, staticKey('security.trust_certificates', phone.settings.firmware)) === '1',
    authorities: phone.settings.authorities,
    signal: phone.closing.signal,
  };
}

/** 'Yealink SIP-T46U 108.86.0.70 80:5e:c0:00:00:01'; the MAC may be turned off (C). */
function provisioningAgent(phone: Phone): string {
  const { mac, doubts } = phone.settings;
  if (provisioningValue(phone, 'user_agent_mac.enable') === '0') return userAgent(phone);
  return `${userAgent(phone)} ${doubts.userAgentMac === 'bare' ? mac : colons(mac)}`;
}

/** The server's address as a folder; undefined without one, or for one that is no http or https address. */
function serverUrl(phone: Phone): URL | undefined {
  const text = provisioningValue(phone, 'server.url');
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) return undefined;
  return new URL(text.endsWith('/') ? text : `${text}/`);
}

function provisioningValue(phone: Phone, name: string): string {
  return settingOf(phone.config, staticKey(`auto_provision.${name}`, phone.settings.firmware));
}

function withoutCredentials(address: URL): URL {
  const bare = new URL(address);
  bare.username = '';
  bare.password = '';
  return bare;
}
