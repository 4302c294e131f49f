import type { LabBoxControl, LabPins } from '../contract.ts';
import { type ServiceParts, serviceControl } from '../service-control.ts';
import { resetKeys } from './keys.ts';
import * as panel from './panel.ts';
import { type Platform, type Tenant, tenantByCode } from './platform.ts';
import { contactsOf, subscriberOf } from './registrar.ts';
import { byNumber, visible, withNumber } from './store.ts';

export interface ControlParts extends ServiceParts {
  platform: Platform;
  rotateCertificate(): Promise<LabPins>;
}

/** Powers over one tenant, and over the whole server where there is no tenant in it: faults, keys, log and certificate. */
export function controlOf(parts: ControlParts, tenant: Tenant): LabBoxControl {
  const { platform, rotateCertificate } = parts;
  return {
    ...serviceControl(parts),
    ...panelOf(platform, tenant),
    ...registrationsOf(platform, tenant),
    ...accessOf(platform),
    rotateCertificate,
    tenant(code) {
      const other = tenantByCode(platform, code);
      if (other === undefined) throw new Error(`${platform.settings.name} has no tenant ${code}`);
      return controlOf(parts, other);
    },
  };
}

type PanelPowers = 'edit' | 'create' | 'remove' | 'empty' | 'applyNow' | 'saved' | 'running';

/** There is no Apply step: whether it is pressed makes no difference. */
function panelOf(platform: Platform, tenant: Tenant): Pick<LabBoxControl, PanelPowers> {
  return {
    edit: (number, fields) => panel.editInPanel(platform, tenant, number, fields, Date.now()),
    create: (seed) => panel.createInPanel(platform, tenant, seed, Date.now()),
    remove: (number) => panel.removeInPanel(platform, tenant, number, Date.now()),
    empty: () => panel.emptyTenant(platform, tenant),
    applyNow: () => {},
    saved: () => panel.savedRecords(tenant),
    running: () => panel.runningRecords(tenant, Date.now()),
  };
}

function registrationsOf(
  platform: Platform,
  tenant: Tenant,
): Pick<LabBoxControl, 'register' | 'unregister' | 'contacts'> {
  const shown = () => visible(tenant, Date.now());
  return {
    register(number, secret) {
      const extension = withNumber(shown(), number);
      if (extension === undefined) return false;
      return platform.book.register(subscriberOf(tenant, extension), secret) === 'accepted';
    },
    unregister(number) {
      const extension = withNumber(shown(), number);
      if (extension !== undefined) platform.book.unregister(subscriberOf(tenant, extension));
    },
    contacts() {
      const all = byNumber(shown()).map(
        (extension) => [extension.fields.ext ?? '', contactsOf(platform, tenant, extension)] as const,
      );
      return Object.fromEntries(all.filter(([, contacts]) => contacts.length > 0));
    },
  };
}

type AccessPowers = 'expireTokens' | 'unlock' | 'sessions' | 'lockouts' | 'logins';

/** No logins, no tokens, no locked addresses: each request carries the key. `logins` are those that were refused for it. */
function accessOf(platform: Platform): Pick<LabBoxControl, AccessPowers> {
  return {
    expireTokens: () => {},
    unlock: () => resetKeys(platform, Date.now()),
    sessions: () => 0,
    lockouts: () => [],
    logins: () => platform.logins.map((entry) => ({ ...entry })),
  };
}
