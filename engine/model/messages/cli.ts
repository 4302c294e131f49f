import type { Message } from './message.ts';

/** What can be wrong with a command line, before any client is looked at. */
export const cliMessages = {
  'unknown-command': {
    en: {
      summary: 'Unknown command',
      detail: 'Alta has no command `{name}`.',
      hint: 'The nearest is `{similar}`. `alta --help` lists them all.',
    },
    es: {
      summary: 'Comando desconocido',
      detail: 'Alta no tiene el comando `{name}`.',
      hint: 'El más parecido es `{similar}`. `alta --help` los muestra todos.',
    },
  },
  'unknown-option': {
    en: {
      summary: 'Unknown option',
      detail: '`{command}` has no option `{option}`.',
      hint: 'The nearest is `{similar}`. `{command} --help` lists them all.',
    },
    es: {
      summary: 'Opción desconocida',
      detail: '`{command}` no tiene la opción `{option}`.',
      hint: 'La más parecida es `{similar}`. `{command} --help` las muestra todas.',
    },
  },
  'missing-argument': {
    en: {
      summary: 'Something is missing',
      detail: '`{command}` needs `{argument}`.',
      hint: '`{command} --help` shows how to write it.',
    },
    es: {
      summary: 'Falta algo',
      detail: '`{command}` necesita `{argument}`.',
      hint: '`{command} --help` muestra cómo se escribe.',
    },
  },
  'option-without-value': {
    en: {
      summary: 'Option without its value',
      detail: '`{option}` of `{command}` needs a value after it.',
      hint: '`{command} --help` shows how to write it.',
    },
    es: {
      summary: 'Opción sin su valor',
      detail: '`{option}` de `{command}` necesita un valor detrás.',
      hint: '`{command} --help` muestra cómo se escribe.',
    },
  },
  'option-value': {
    en: {
      summary: 'Value not possible for this option',
      detail: '`{option}` was given as `{value}`; it takes {expected}.',
      hint: 'Correct the value and repeat.',
    },
    es: {
      summary: 'Valor no posible para esta opción',
      detail: '`{option}` se ha dado como `{value}`; admite {expected}.',
      hint: 'Corrija el valor y repita.',
    },
  },
  'argument-value': {
    en: {
      summary: 'Value not possible here',
      detail: '`{argument}` was given as `{value}`; it takes {expected}.',
      hint: 'Correct the value and repeat.',
    },
    es: {
      summary: 'Valor no posible aquí',
      detail: '`{argument}` se ha dado como `{value}`; admite {expected}.',
      hint: 'Corrija el valor y repita.',
    },
  },
  'excess-arguments': {
    en: {
      summary: 'More words than the command takes',
      detail: '`{command}` does not know what to do with `{arguments}`.',
      hint: 'Put values with spaces in quotes. `{command} --help` shows how to write it.',
    },
    es: {
      summary: 'Más palabras de las que admite el comando',
      detail: '`{command}` no sabe qué hacer con `{arguments}`.',
      hint: 'Ponga entre comillas los valores con espacios. `{command} --help` muestra cómo se escribe.',
    },
  },
  'usage-invalid': {
    en: {
      summary: 'Command line not understood',
      detail: '{message}',
      hint: '`alta --help` shows how commands are written.',
    },
    es: {
      summary: 'No se entiende la orden',
      detail: '{message}',
      hint: '`alta --help` muestra cómo se escriben los comandos.',
    },
  },
  'format-unavailable': {
    en: {
      summary: 'Format not available for this command',
      detail: '`{command}` cannot be shown as `{format}`; it can as {available}.',
      hint: 'Choose one of those with `--format`.',
    },
    es: {
      summary: 'Formato no disponible para este comando',
      detail: '`{command}` no se puede mostrar como `{format}`; sí como {available}.',
      hint: 'Elija uno de esos con `--format`.',
    },
  },
  'not-a-workspace': {
    en: {
      summary: 'Not a workspace',
      detail: '{folder} holds no alta.yaml.',
      hint: 'Check the folder given with `--workspace`, or make a workspace there with `alta init`.',
    },
    es: {
      summary: 'No es un espacio de trabajo',
      detail: '{folder} no contiene un alta.yaml.',
      hint: 'Compruebe la carpeta dada con `--workspace` o cree allí un espacio de trabajo con `alta init`.',
    },
  },
  'confirmation-impossible': {
    en: {
      summary: 'Nobody to ask',
      detail: '`alta apply` asks before it writes, and there is no terminal to ask on. Nothing was done.',
      hint: 'Give `--yes` to apply without asking, or apply an approved plan with `alta apply plan.json`.',
    },
    es: {
      summary: 'No hay a quién preguntar',
      detail: '`alta apply` pregunta antes de escribir y no hay terminal donde hacerlo. No se ha hecho nada.',
      hint: 'Indique `--yes` para aplicar sin preguntar, o aplique un plan aprobado con `alta apply plan.json`.',
    },
  },
  declined: {
    en: {
      summary: 'Not applied',
      detail: 'The question was not answered with yes. Nothing was written.',
    },
    es: {
      summary: 'No se ha aplicado',
      detail: 'No se ha respondido que sí a la pregunta. No se ha escrito nada.',
    },
  },
  'command-interrupted': {
    en: {
      summary: 'Interrupted',
      detail: '`{command}` was stopped before its end.',
      hint: 'Repeat the command; it goes on from what was done.',
    },
    es: {
      summary: 'Interrumpido',
      detail: '`{command}` se ha detenido antes de terminar.',
      hint: 'Repita el comando; continúa desde lo que ya está hecho.',
    },
  },
  'approval-invalid': {
    en: {
      summary: 'Not a plan of Alta',
      detail: '{filename} is not a plan that `alta plan` wrote: {problem} is missing or wrong.',
      hint: 'Make it again with `alta plan -o {filename}` and have it approved.',
    },
    es: {
      summary: 'No es un plan de Alta',
      detail: '{filename} no es un plan escrito por `alta plan`: {problem} falta o es incorrecto.',
      hint: 'Hágalo de nuevo con `alta plan -o {filename}` y pida que se apruebe.',
    },
  },
  'approval-version': {
    en: {
      summary: 'Plan of another version',
      detail: '{filename} has the format {version}; this version of Alta reads 1.x.',
      hint: 'Make the plan again with this version.',
    },
    es: {
      summary: 'Plan de otra versión',
      detail: '{filename} tiene el formato {version}; esta versión de Alta lee 1.x.',
      hint: 'Haga el plan de nuevo con esta versión.',
    },
  },
  'file-unreadable': {
    en: {
      summary: 'File not readable',
      detail: '{filename} cannot be read ({kind}).',
      hint: 'Check its name and its permissions.',
    },
    es: {
      summary: 'Archivo no legible',
      detail: 'No se puede leer {filename} ({kind}).',
      hint: 'Compruebe el nombre y los permisos.',
    },
  },
  'file-unwritable': {
    en: {
      summary: 'File not writable',
      detail: '{filename} cannot be written ({kind}).',
      hint: 'Check that its folder exists, its permissions and the space left.',
    },
    es: {
      summary: 'No se puede escribir el archivo',
      detail: 'No se puede escribir {filename} ({kind}).',
      hint: 'Compruebe que su carpeta existe, los permisos y el espacio libre.',
    },
  },
  'folder-unwritable': {
    en: {
      summary: 'Folder not writable',
      detail: 'Nothing can be written to the folder {folder} ({kind}).',
      hint: 'Name a folder that exists or can be made: check that no file has that name, its permissions and the space left.',
    },
    es: {
      summary: 'No se puede escribir en la carpeta',
      detail: 'No se puede escribir nada en la carpeta {folder} ({kind}).',
      hint: 'Nombre una carpeta que exista o se pueda crear: compruebe que ningún archivo se llama así, los permisos y el espacio libre.',
    },
  },
  'secret-not-given': {
    en: {
      summary: 'No secret given',
      detail: 'The secret `{name}` was not entered. Nothing was written.',
      hint: 'Type it when asked, or pass it on standard input: `printf %s "$VALUE" | alta secrets set {name}`. Never as an argument.',
    },
    es: {
      summary: 'No se ha dado el secreto',
      detail: 'No se ha introducido el secreto `{name}`. No se ha escrito nada.',
      hint: 'Escríbalo cuando se le pida o páselo por la entrada estándar: `printf %s "$VALOR" | alta secrets set {name}`. Nunca como argumento.',
    },
  },
  'lab-name-taken': {
    en: {
      summary: 'Name used twice in the lab',
      detail: 'More than one thing of the lab would be called `{name}`.',
      hint: 'Give each box and phone a name of its own, other than {reserved}.',
    },
    es: {
      summary: 'Nombre repetido en el laboratorio',
      detail: 'Más de una cosa del laboratorio se llamaría `{name}`.',
      hint: 'Dé a cada centralita y teléfono un nombre propio, distinto de {reserved}.',
    },
  },
  'lab-folder-used': {
    en: {
      summary: 'Folder already holds a workspace',
      detail: '{folder} already holds an alta.yaml. The lab does not overwrite it.',
      hint: 'Give another folder with `--workspace`, or delete this one.',
    },
    es: {
      summary: 'La carpeta ya contiene un espacio de trabajo',
      detail: '{folder} ya contiene un alta.yaml. El laboratorio no lo sobrescribe.',
      hint: 'Indique otra carpeta con `--workspace` o borre esta.',
    },
  },
} as const satisfies Record<string, Message>;
