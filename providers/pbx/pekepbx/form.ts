import type { Scalar } from '../../../engine/model/index.ts';
import type { FormLine, GuidedChange } from '../../contract.ts';
import { type Control, lineOf, press } from '../../panel.ts';

const yesOrNo = (value: Scalar): string => (value === true ? 'Sí' : 'No');

/**
 * The form of Usuarios › Añadir nuevo with the panel's labels, in its order. [vendor-docs] Voicemail and recording stand elsewhere; their
 * labels are not confirmed.
 */
const controls: readonly Control[] = [
  {
    label: 'Rol de Usuario',
    field: 'role',
    shown: (value) => (value === 'admin' ? 'Administrador' : 'Usuario'),
  },
  { label: 'Email', field: 'email' },
  { label: 'Nombre Completo', field: 'name' },
  { label: 'Contraseña', field: 'portal' },
  { label: 'Extensión', field: 'number' },
  { label: 'Permitir solo llamadas internas', field: 'internalOnly', shown: yesOrNo },
  { label: 'Extensión móvil', field: 'mobileExtension' },
  { label: 'Teléfono móvil', field: 'mobile' },
  { label: 'Contraseña SIP', field: 'sip' },
  {
    label: 'CallerID',
    field: 'callerId',
    shown: (value) => (value === 'anonymous' ? 'Anónimo' : String(value)),
  },
  { label: 'Buzón de voz', field: 'voicemail', shown: yesOrNo },
  { label: 'Grabación de llamadas', field: 'callRecording', shown: yesOrNo },
];

/** The panel's form for a change: only what changes, ending in the button. Pure. */
export function form(change: GuidedChange): readonly FormLine[] {
  const list: FormLine = { do: 'open', path: ['Usuarios'] };
  const one: FormLine = { do: 'open', path: ['Usuarios', change.key] };
  switch (change.action) {
    case 'create':
      return [list, press('Añadir nuevo'), ...entries(withFixed(change)), press('Guardar')];
    case 'update':
      return [one, press('Editar'), ...entries(change), press('Guardar')];
    case 'delete':
      return [one, press('Borrar')];
  }
}

/** What a new user needs, declared or not. The operator types the short number: the prefix stands there already. */
function withFixed(change: GuidedChange): GuidedChange {
  return { ...change, values: { role: 'user', ...change.values, number: change.key } };
}

function entries(change: GuidedChange): readonly FormLine[] {
  return controls.flatMap((control) => lineOf(control, change));
}
