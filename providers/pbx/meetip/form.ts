import type { Scalar, Target } from '../../../engine/model/index.ts';
import type { FormLine, GuidedChange } from '../../contract.ts';
import { type Control, lineOf, press } from '../../panel.ts';
import { createDefaults, genericSip } from './fields.ts';

const places: Readonly<Record<string, string>> = { remote: 'Remoto', local: 'Local' };

/** First page of the panel: device and place. The labels are those of MeetIP's Spanish panel. [field] */
const firstPage: readonly Control[] = [
  {
    label: 'Dispositivos',
    field: 'userAgent',
    shown: (value) => (value === genericSip.canonical ? genericSip.fullname : String(value)),
  },
  { label: 'Localidad', field: 'location', shown: (value) => places[String(value)] ?? String(value) },
];

/** Second page, in the panel's order. [field] */
const secondPage: readonly Control[] = [
  { label: 'Número de extensión', field: 'number' },
  { label: 'Nombre', field: 'name' },
  { label: 'Correo electrónico', field: 'email' },
  { label: 'Departamento', field: 'department' },
  { label: 'Contraseña SIP', field: 'sip' },
  { label: 'Contraseña de Usuario', field: 'portal' },
  { label: 'PIN', field: 'pin' },
];

/** The panel's own labels of these are not known: they are called by the names that the API gives them. */
const unlabelled: readonly Control[] = [
  control('type', 'prot'),
  control('title', 'title'),
  control('status', 'status'),
  control('language', 'user_language'),
  control('nat', 'nat'),
  control('concurrentRegistrations', 'max_contacts'),
  control('voicemail', 'voicemail'),
  control('incomingLimit', 'incominglimit'),
  control('outgoingLimit', 'outgoinglimit'),
  control('ringTimeout', 'ringtime'),
  control('dtmfMode', 'dtmfmode'),
  control('callRecording', 'recordcalls'),
  control('mediaEncryption', 'encryption'),
  control('callerId', 'callerid'),
  control('emergencyCallerId', 'emergencycid'),
  control('registrationName', 'username'),
];

function control(field: string, label: string): Control {
  return { field, label, shown: yesOrNo };
}

function yesOrNo(value: Scalar): string {
  if (typeof value !== 'boolean') return String(value);
  return value ? 'Sí' : 'No';
}

/** The panel's form for a change: the tenant, the extension, only what changes, and the button. Pure. */
export function form(change: GuidedChange, target: Target): readonly FormLine[] {
  const { key, action } = change;
  const list: FormLine = { do: 'open', path: ['Extensión', 'Sistema'] };
  const edit: FormLine = { do: 'open', path: ['Extensión', 'Sistema', key] };
  const save = press('Guardar');
  switch (action) {
    case 'create': {
      const whole = withFixed(change);
      const next = press('Próximo paso');
      const [first, second] = [entries(firstPage, whole), entries([...secondPage, ...unlabelled], whole)];
      return [...tenantOf(target), list, press('Añadir extensión'), ...first, next, ...second, save];
    }
    case 'update':
      return [
        ...tenantOf(target),
        edit,
        ...entries([...firstPage, ...secondPage, ...unlabelled], change),
        save,
      ];
    case 'delete':
      return [...tenantOf(target), edit, press('Eliminar')];
  }
}

/** As the panel's list of tenants shows them: `301 — Acme S.L.` [field] */
function tenantOf({ identity }: Target): readonly FormLine[] {
  const { tenant, tenantName } = identity;
  const shown = [tenant, tenantName].filter((part) => part !== undefined).join(' — ');
  return shown === '' ? [] : [{ do: 'open', path: ['Tenant', shown] }];
}

/** What the procedure fills in for a new extension, declared or not. */
function withFixed(change: GuidedChange): GuidedChange {
  const { userAgent = 'generic-sip', location = 'remote' } = createDefaults;
  return { ...change, values: { userAgent, location, ...change.values, number: change.key } };
}

function entries(controls: readonly Control[], change: GuidedChange): readonly FormLine[] {
  return controls.flatMap((one) => lineOf(one, change));
}
