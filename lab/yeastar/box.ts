import type { LabDoubts, LabExtension, LabSip, LabYeastar } from '../settings.ts';
import { type Calls, noCalls } from './calls.ts';
import { type Config, startConfig } from './config.ts';
import type { Group } from './groups.ts';
import { type Access, startAccess } from './login.ts';
import type { Contact } from './registrar.ts';
import { credentialsFor, seedExtensions, serialFor } from './seed.ts';
import { newExtension } from './shape.ts';

/** A box's settings with nothing left open. */
export type BoxSettings = Required<Omit<LabYeastar, 'driver' | 'applyStorm' | 'sip' | 'doubts'>> & {
  applyStorm: LabYeastar['applyStorm'];
  sip: LabSip;
  doubts: Required<LabDoubts>;
};

/** Everything one simulated box knows. */
export interface Box {
  settings: BoxSettings;
  serial: string;
  startedAt: number;
  access: Access;
  config: Config;
  /** What each extension's registered phones last registered with, by number. */
  contacts: Map<string, Contact[]>;
  calls: Calls;
  groups: Map<string, Group>;
}

const MINUTE = 60_000;

const DOUBTS: Required<LabDoubts> = {
  natWords: 'yes-no',
  expiredErrno: '20006',
  secondLogin: 'coexists',
  lockScope: 'login',
  v2Apply: false,
  v2Get: false,
  unknownKeys: 'ignore',
  weakPasswordErrno: '10017',
  consecutiveDigits: 3,
  maxSecret: 31,
  deleteUnknownErrno: '10006',
  unknownInQuery: 'refuse',
  asciiNames: false,
  registeredWord: 'Registered',
  unregisteredWord: 'Unavailable',
  blankAgent: '',
  staleRegistrations: false,
  v2LoginPassword: 'md5',
  portRequired: false,
  stormBreaksCalls: false,
};

export function startBox(wanted: LabYeastar): Box {
  const settings = settle(wanted);
  return {
    settings,
    serial: settings.serial,
    startedAt: Date.now(),
    access: startAccess(credentialsFor(settings.name)),
    config: startConfig(firstExtensions(settings)),
    contacts: new Map(),
    calls: noCalls(),
    groups: new Map(),
  };
}

/** The defaults by edition: API v2.0.0 needs firmware 30.13.0.30 or newer (D: guide H2). */
function settle(wanted: LabYeastar): BoxSettings {
  const recent = wanted.edition === 'v2.0.0';
  const seeded = (wanted.extensions ?? 0) + (wanted.seed?.length ?? 0);
  return {
    extensions: 0,
    firstNumber: 1000,
    seed: [],
    nat: recent,
    allowWeakPassword: !recent,
    maxExtensions: seeded + 500,
    maxRegistrations: 5,
    outboundRoutes: ['Salida-Fijos', 'Salida-Moviles'],
    serial: serialFor(wanted.name),
    firmware: recent ? '30.13.0.30' : '30.10.0.59',
    reportMethod: 'TCP',
    tls: true,
    cipher: 'default',
    idleMs: 30 * MINUTE,
    lockMs: 10 * MINUTE,
    combinedUpdateRefused: false,
    keepAlive: false,
    ...wanted,
    applyStorm: wanted.applyStorm,
    sip: { server: `${wanted.name}.example`, port: 5060, transport: 'udp', ...wanted.sip },
    doubts: { ...DOUBTS, ...wanted.doubts },
  };
}

function firstExtensions(settings: BoxSettings): LabExtension[] {
  const seeds = [...seedExtensions(settings.extensions, settings.firstNumber), ...settings.seed];
  return seeds.map((seed) => newExtension(seed, settings));
}
