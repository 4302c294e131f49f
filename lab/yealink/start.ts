import { createHash } from 'node:crypto';
import type { Exchange } from '../registration.ts';
import type { LabPhone, LabPhoneDoubts } from '../settings.ts';
import type { Access } from './access.ts';
import type { Entry } from './cfg.ts';
import { makeWebKey } from './ciphers.ts';
import { applyEntries, type Config, runSaved } from './config.ts';
import { parametersOf, staticKey } from './keys.ts';
import { USUAL, usualMacStyle } from './models.ts';
import type { Phone, PhoneSettings } from './phone.ts';

const MINUTE = 60_000;

/** A phone with its starting configuration running; it neither listens nor registers yet. */
export async function makePhone(wanted: LabPhone, exchanges: readonly Exchange[]): Promise<Phone> {
  const settings = settle(wanted);
  const config = startConfig(wanted, settings);
  return {
    settings,
    config,
    access: startAccess(wanted, settings),
    key: await makeWebKey(),
    exchanges,
    lines: new Map(),
    timer: undefined,
    on: true,
    talking: false,
    reboots: 0,
    remote: { allowed: new Set(), prompts: new Set() },
    digests: new Map(),
    fetches: [],
    work: Promise.resolve(),
    pending: 0,
    closing: new AbortController(),
    network: { stop: async () => {}, resume: async () => {} },
  };
}

function settle(wanted: LabPhone): PhoneSettings {
  const usual = USUAL[wanted.generation];
  const model = wanted.model ?? usual.model;
  return {
    name: wanted.name,
    generation: wanted.generation,
    model,
    firmware: wanted.firmware ?? usual.firmware,
    mac: macOf(wanted),
    tls: wanted.tls ?? true,
    authorities: wanted.authorities ?? [],
    sipPort: wanted.sipPort ?? 0,
    lockMs: wanted.lockMs ?? 3 * MINUTE,
    sessionMs: wanted.sessionMs ?? 5 * MINUTE,
    bootMs: wanted.bootMs ?? 0,
    keepAlive: wanted.keepAlive ?? true,
    doubts: { ...DOUBTS, ...byGeneration(wanted, model), ...wanted.doubts },
  };
}

function macOf({ name, mac }: LabPhone): string {
  const digits = (mac ?? `805ec0${hashOf(`mac ${name}`).slice(0, 6)}`).replace(/[:.-]/g, '').toLowerCase();
  if (!/^[0-9a-f]{12}$/.test(digits)) throw new Error(`"${mac}" is no MAC address`);
  return digits;
}

function byGeneration({ generation }: LabPhone, model: string): Partial<LabPhoneDoubts> {
  return {
    accountPassword: generation === 'b0' ? 'clear' : 'as-login',
    fieldCase: generation === 'b0' ? 'lower' : 'upper',
    writeAnswer: generation === 'b0' ? 'redirect' : 'empty',
    uploadToken: generation === 'b2',
    serverFields: model === 'T57W' ? 'T57W' : 'T4xU',
    userAgentMac: usualMacStyle(model),
  };
}

const DOUBTS: Required<LabPhoneDoubts> = {
  exportedPasswords: 'masked',
  mask: '********',
  shownPasswords: 'masked',
  unknownKeys: 'ignore',
  importWord: 'noparam',
  emptyValue: 'sets',
  longest: 256,
  tooLong: 'truncated',
  lineEnds: 'any',
  staticKeys: 'after-reboot',
  importReboots: false,
  userPassword: 'user:pass',
  lockAfter: 3,
  lockTimeUnit: 'minutes',
  errorPlace: 'error',
  lockScope: 'address',
  secondLogin: 'refuse',
  sameAddress: 'refuse',
  busyWord: 'busy',
  fieldCase: 'upper',
  accountPassword: 'as-login',
  serverFields: 'T4xU',
  plainKeys: false,
  unknownNames: 'absent',
  writeconfig: true,
  importField: 'CFGConfigUpload',
  uploadToken: false,
  modules: 'either',
  pageFirst: true,
  refererNeeded: true,
  unanswered: 'registering',
  htmlFile: 'skip',
  unchangedFiles: 'skipped',
  fetchReboots: true,
  writeAnswer: 'empty',
  userAgentMac: 'colons',
  actionUriReboot: 'obeyed',
};

function startConfig(wanted: LabPhone, settings: PhoneSettings): Config {
  const { model, firmware, doubts } = settings;
  const parameters = parametersOf(model, firmware);
  const config: Config = {
    model,
    firmware,
    parameters,
    saved: new Map(),
    running: new Map(),
    byHand: new Set(),
    doubts,
  };
  const first = [
    ...provisioningEntries(wanted, firmware),
    ...actionUriEntries(wanted),
    ...(wanted.cfg ?? []),
  ];
  const { unknown } = applyEntries(config, first, 'server');
  if (unknown.length > 0) {
    throw new Error(`a ${model} with ${firmware} does not know ${unknown.join(', ')}, or not that value`);
  }
  runSaved(config);
  return config;
}

function provisioningEntries({ provisioning }: LabPhone, firmware: string): Entry[] {
  const of = (name: string, value: string | undefined): Entry[] =>
    value === undefined ? [] : [[staticKey(`auto_provision.server.${name}`, firmware), value]];
  return [
    ...of('url', provisioning?.url),
    ...of('username', provisioning?.username),
    ...of('password', provisioning?.password),
  ];
}

function actionUriEntries({ actionUri = {} }: LabPhone): Entry[] {
  const { enable, limitIp, showOption } = actionUri;
  const flag = (key: string, value: boolean | undefined): Entry[] =>
    value === undefined ? [] : [[key, value ? '1' : '0']];
  return [
    ...flag('features.action_uri.enable', enable),
    ...(limitIp === undefined ? [] : [['features.action_uri_limit_ip', limitIp] as const]),
    ...flag('features.show_action_uri_option', showOption),
  ];
}

function startAccess({ name, credentials }: LabPhone, settings: PhoneSettings): Access {
  return {
    credentials: {
      username: credentials?.username ?? 'admin',
      password: credentials?.password ?? `Q7${hashOf(`admin ${name}`).slice(0, 14)}w`,
    },
    session: undefined,
    offered: new Set(),
    failures: new Map(),
    lockedUntil: new Map(),
    logins: [],
    lockMs: settings.lockMs,
    sessionMs: settings.sessionMs,
    doubts: settings.doubts,
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
