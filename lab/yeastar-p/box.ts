import type { LabSip } from '../settings.ts';
import { type Calls, noCalls } from './calls.ts';
import { type Plan, startPlan } from './flow/plan.ts';
import { type Access, startAccess } from './login.ts';
import { withPort } from './ports.ts';
import { newExtension } from './record.ts';
import { type Registrar, startRegistrar } from './registrar.ts';
import { credentialsFor, seedExtensions, serialFor } from './seed.ts';
import type { LabYeastarP, LabYeastarPDoubts } from './settings.ts';
import { activate, type Store, save, startStore, takeId } from './store.ts';

/** A box's settings with nothing left open. */
export type BoxSettings = Required<Omit<LabYeastarP, 'driver' | 'sip' | 'doubts'>> & {
  sip: LabSip;
  doubts: Required<LabYeastarPDoubts>;
};

/** Everything one simulated box knows. */
export interface Box {
  settings: BoxSettings;
  startedAt: number;
  access: Access;
  store: Store;
  registrar: Registrar;
  calls: Calls;
  plan: Plan;
}

const MINUTE = 60_000;

const DOUBTS: Required<LabYeastarPDoubts> = {
  apiOff: 'web-page',
  badCredentials: '-1',
  lockScope: 'auth',
  secondToken: 'coexists',
  refreshed: 'ended',
  wrongType: '-2',
  unknownKeys: 'ignore',
  renumber: 'ignore',
  maxNumber: 7,
  updateNeedsOrganization: false,
  detailPasswords: 'user',
  createAnswersId: true,
  unknownInQuery: 'skip',
  deleteInUse: 'succeeds',
  pageSize: 10_000,
  maxPageSize: 10_000,
  overlongPage: 'refuse',
  sipStatus: 'both',
  phoneUser: 'number',
  deadDial: 'accepted',
};

/** The roles that a new box comes with (I). */
const ROLES = ['Administrator', 'Supervisor', 'Operator', 'Employee', 'Human Resource', 'Accounting'];

export function startBox(wanted: LabYeastarP): Box {
  const settings = settle(wanted);
  const store = startStore();
  const box: Box = {
    settings,
    startedAt: Date.now(),
    access: startAccess(credentialsFor(settings.name)),
    store,
    registrar: startRegistrar(settings, store),
    calls: noCalls(),
    plan: startPlan(settings.callFlow),
  };
  for (const seed of [...seedExtensions(settings.extensions, settings.firstNumber), ...settings.seed]) {
    save(store, withPort(newExtension(seed, takeId(store)), box));
  }
  activate(store);
  return box;
}

function settle(wanted: LabYeastarP): BoxSettings {
  const model = wanted.model ?? 'P560';
  const seeded = (wanted.extensions ?? 0) + (wanted.seed?.length ?? 0);
  return {
    edition: 'p-series',
    model,
    extensions: 0,
    firstNumber: 1000,
    seed: [],
    maxExtensions: seeded + 500,
    api: model !== 'P520',
    getPassword: true,
    advancedKeys: false,
    organizations: [],
    roles: ROLES,
    callFlow: {},
    denied: [],
    allowedAddresses: [],
    maxTokens: 8,
    tokenMs: 30 * MINUTE,
    refreshMs: 24 * 60 * MINUTE,
    lockMs: 10 * MINUTE,
    dateFormat: 'YYYY/MM/DD',
    serial: serialFor(wanted.name),
    firmware: firmwareOf(model),
    tls: true,
    keepAlive: false,
    ...wanted,
    sip: { server: `${wanted.name}.example`, port: 5060, transport: 'udp', ...wanted.sip },
    doubts: { ...DOUBTS, ...wanted.doubts },
  };
}

/** The first part tells the edition (D); the rest is one that has the calls simulated here (I). */
function firmwareOf(model: BoxSettings['model']): string {
  const editions = { Software: 83, Cloud: 84 };
  const edition = model === 'Software' || model === 'Cloud' ? editions[model] : 37;
  return `${edition}.20.0.22`;
}
