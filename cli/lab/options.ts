import { list, type OptionRow, repeated, wholeNumber } from '../option-values.ts';

/** What `alta lab` can be told. */
export const labOptions = {
  extensions: {
    flags: '--extensions <n>',
    parse: wholeNumber('--extensions', 0),
    help: { en: 'Extensions already on each box (3)', es: 'Extensiones ya existentes en cada equipo (3)' },
  },
  latency: {
    flags: '--latency <ms>',
    parse: wholeNumber('--latency', 0),
    help: { en: 'Milliseconds added to every answer', es: 'Milisegundos que se añaden a cada respuesta' },
  },
  boxes: {
    flags: '--boxes [name:edition]',
    parse: list,
    help: {
      en: 'PBXs to simulate: alone, one of each kind; or e.g. sede:v2.0.0,sip17:meetip (edition v1.1.0, v2.0.0, p-series, meetip, meetip-v2, pekepbx-a or pekepbx-b). Default: sede:v2.0.0,almacen:v1.1.0',
      es: 'Centralitas que se simulan: sin valor, una de cada clase; o p. ej. sede:v2.0.0,sip17:meetip (edición v1.1.0, v2.0.0, p-series, meetip, meetip-v2, pekepbx-a o pekepbx-b). Por defecto: sede:v2.0.0,almacen:v1.1.0',
    },
  },
  phones: {
    flags: '--phones [name:generation:way]',
    parse: list,
    help: {
      en: 'Phones to simulate, with an SSH host and a provisioning server around them: alone, one of each kind; or e.g. mostrador:c,muelle:b0:provisioning (generation a, b0, b1, b2 or c; way direct, via, provisioning, off or guided)',
      es: 'Teléfonos que se simulan, con un servidor SSH y otro de aprovisionamiento: sin valor, uno de cada clase; o p. ej. mostrador:c,muelle:b0:provisioning (generación a, b0, b1, b2 o c; modo direct, via, provisioning, off o guided)',
    },
  },
  fault: {
    flags: '--fault <kind[:path][:times]>',
    parse: repeated,
    help: {
      en: 'A mishap on demand on every box, e.g. lostAnswer:extension/add:1 (repeatable)',
      es: 'Un percance a petición en cada equipo, p. ej. lostAnswer:extension/add:1 (repetible)',
    },
  },
  port: {
    flags: '--port <n>',
    parse: wholeNumber('--port', 1),
    help: {
      en: 'Port of the control endpoint; boxes, phones and the rest take the next ones',
      es: 'Puerto del control; centralitas, teléfonos y lo demás toman los siguientes',
    },
  },
} as const satisfies Record<string, OptionRow>;
