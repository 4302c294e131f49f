import type { Lang } from '../engine/model/index.ts';
import type { Plural } from '../engine/report/index.ts';
import type { ProgressEvent } from '../engine/run/contract.ts';

/** What the command line itself says, beside reports and diagnostics. */
export interface Texts {
  readonly phases: Readonly<Record<ProgressEvent['phase'], string>>;
  readonly stopping: string;
  readonly aborting: string;
  readonly confirm: string;
  readonly yes: string;
  readonly no: string;
  readonly typeSecret: string;
  /** In place of a file's name, at the beginning of a sentence. */
  readonly standardInput: string;
  readonly created: string;
  readonly changed: string;
  readonly wouldCreate: string;
  readonly wouldChange: string;
  readonly nothingToWrite: string;
  readonly valid: string;
  readonly invalid: string;
  readonly clients: Plural;
  readonly extensions: Plural;
  readonly devices: Plural;
  readonly files: Plural;
  readonly errors: Plural;
  readonly warnings: Plural;
  readonly planSaved: string;
  readonly attested: string;
  readonly nothingPending: string;
  readonly healthy: string;
  readonly intact: string;
  readonly labReady: string;
  readonly labWorkspace: string;
  readonly labControl: string;
  readonly labStop: string;
}

export const texts: Readonly<Record<Lang, Texts>> = {
  en: {
    phases: {
      load: 'Reading the YAML',
      lease: 'Waiting for the turn',
      read: 'Reading the targets',
      plan: 'Comparing',
      apply: 'Applying',
      commit: 'Applying on the target itself',
      settle: 'Waiting until it takes effect',
      reread: 'Reading again',
      save: 'Saving the state',
      verify: 'Verifying',
    },
    stopping: 'Interrupted: finishing the step under way, then stopping. Press Ctrl-C again to abort it.',
    aborting: 'Aborting the step under way. The next run finds out what became of it.',
    confirm: 'Apply this? {totals}',
    yes: 'Yes, apply',
    no: 'No, change nothing',
    typeSecret: 'Value of {name} (not shown)',
    standardInput: 'Standard input',
    created: 'created',
    changed: 'changed',
    wouldCreate: 'would be created',
    wouldChange: 'would be changed',
    nothingToWrite: 'Nothing to write.',
    valid: 'Valid: {facts}.',
    invalid: 'Not valid: {facts}.',
    clients: { one: '{n} client', other: '{n} clients' },
    extensions: { one: '{n} extension', other: '{n} extensions' },
    devices: { one: '{n} device', other: '{n} devices' },
    files: { one: '{n} file', other: '{n} files' },
    errors: { one: '{n} error', other: '{n} errors' },
    warnings: { one: '{n} warning', other: '{n} warnings' },
    planSaved: 'Plan saved. To apply exactly this: alta apply {file}',
    attested: 'Vouched for: {address}',
    nothingPending: 'No step waits for a person.',
    healthy: 'Nothing is missing.',
    intact: 'Every secret is there and intact.',
    labReady: 'The lab is running.',
    labWorkspace: 'Workspace: {folder}. Try `alta plan` there.',
    labControl: 'Control: {url}',
    labStop: 'Ctrl-C ends it.',
  },
  es: {
    phases: {
      load: 'Leyendo el YAML',
      lease: 'Esperando turno',
      read: 'Leyendo los equipos',
      plan: 'Comparando',
      apply: 'Aplicando',
      commit: 'Pulsando Apply en el propio equipo',
      settle: 'Esperando a que tenga efecto',
      reread: 'Leyendo otra vez',
      save: 'Guardando el estado',
      verify: 'Verificando',
    },
    stopping:
      'Interrumpido: se termina el paso en curso y después se para. Pulse Ctrl-C otra vez para abortarlo.',
    aborting: 'Abortando el paso en curso. La próxima ejecución averiguará en qué quedó.',
    confirm: '¿Aplicar esto? {totals}',
    yes: 'Sí, aplicar',
    no: 'No, no cambiar nada',
    typeSecret: 'Valor de {name} (no se muestra)',
    standardInput: 'La entrada estándar',
    created: 'creado',
    changed: 'cambiado',
    wouldCreate: 'se crearía',
    wouldChange: 'se cambiaría',
    nothingToWrite: 'No hay nada que escribir.',
    valid: 'Válido: {facts}.',
    invalid: 'No es válido: {facts}.',
    clients: { one: '{n} cliente', other: '{n} clientes' },
    extensions: { one: '{n} extensión', other: '{n} extensiones' },
    devices: { one: '{n} dispositivo', other: '{n} dispositivos' },
    files: { one: '{n} archivo', other: '{n} archivos' },
    errors: { one: '{n} error', other: '{n} errores' },
    warnings: { one: '{n} aviso', other: '{n} avisos' },
    planSaved: 'Plan guardado. Para aplicar exactamente esto: alta apply {file}',
    attested: 'Queda constancia de: {address}',
    nothingPending: 'Ningún paso espera a una persona.',
    healthy: 'No falta nada.',
    intact: 'Todos los secretos están y están íntegros.',
    labReady: 'El laboratorio está en marcha.',
    labWorkspace: 'Espacio de trabajo: {folder}. Pruebe `alta plan` allí.',
    labControl: 'Control: {url}',
    labStop: 'Ctrl-C lo termina.',
  },
};
