import type { Message } from './message.ts';

/** What the schema refuses. */
export const schemaMessages = {
  'misspelt-key': {
    en: {
      summary: 'Unknown field',
      detail: 'There is no field `{key}` in {where}.',
      hint: 'Did you mean `{suggestion}`?',
    },
    es: {
      summary: 'Campo desconocido',
      detail: 'No existe el campo `{key}` en {where}.',
      hint: '¿Quería decir `{suggestion}`?',
    },
  },
  'unknown-key': {
    en: {
      summary: 'Unknown field',
      detail: 'There is no field `{key}` in {where}.',
      hint: 'Remove it. The fields here are: {allowed}.',
    },
    es: {
      summary: 'Campo desconocido',
      detail: 'No existe el campo `{key}` en {where}.',
      hint: 'Quítelo. Los campos que admite son: {allowed}.',
    },
  },
  'missing-field': {
    en: {
      summary: 'Field missing',
      detail: '`{field}` is missing in {where}.',
      hint: 'Add a line `{field}: …`.',
    },
    es: {
      summary: 'Falta un campo',
      detail: 'Falta `{field}` en {where}.',
      hint: 'Añada una línea `{field}: …`.',
    },
  },
  'pbx-without-kind': {
    en: {
      summary: 'PBX without platform or driver',
      detail: 'The PBX `{pbx}` names neither a platform of alta.yaml nor a driver of its own.',
      hint: 'Add `platform:` and `tenant:` for a shared server, or `driver:` and `url:` for the client’s own box.',
    },
    es: {
      summary: 'Centralita sin plataforma ni controlador',
      detail: 'La centralita `{pbx}` no indica ni una plataforma de alta.yaml ni un controlador propio.',
      hint: 'Añada `platform:` y `tenant:` si es un servidor compartido, o `driver:` y `url:` si es un equipo del cliente.',
    },
  },
  'key-not-here': {
    en: {
      summary: 'Field does not go with the others',
      detail: '`{key}` cannot stand in {where} beside the fields already there.',
      hint: 'Here these are possible: {allowed}.',
    },
    es: {
      summary: 'Campo incompatible con los demás',
      detail: '`{key}` no puede estar en {where} junto a los campos que ya hay.',
      hint: 'Aquí se admiten: {allowed}.',
    },
  },
  'bad-name': {
    en: {
      summary: 'Name not possible',
      detail: '`{key}` cannot be a name in {where}.',
      hint: 'Choose a name like `{example}`.',
    },
    es: {
      summary: 'Nombre no válido',
      detail: '`{key}` no puede ser un nombre en {where}.',
      hint: 'Elija un nombre como `{example}`.',
    },
  },
  'empty-value': {
    en: {
      summary: 'Value missing',
      detail: '`{field}` has no value.',
      hint: 'Write the value, or remove the line.',
    },
    es: {
      summary: 'Falta el valor',
      detail: '`{field}` no tiene valor.',
      hint: 'Escriba el valor o quite la línea.',
    },
  },
  'number-unquoted': {
    en: {
      summary: 'Number without quotes',
      detail:
        'YAML reads `{source}` in `{field}` as the quantity {value}. Numbers of extensions and telephones are text: zeros and plus signs at the start count.',
      hint: 'Put it in quotes: "{source}".',
    },
    es: {
      summary: 'Número sin comillas',
      detail:
        'YAML lee `{source}` en `{field}` como la cantidad {value}. Los números de extensión y de teléfono son texto: cuentan los ceros y el signo más del principio.',
      hint: 'Póngalo entre comillas: "{source}".',
    },
  },
  'text-unquoted': {
    en: {
      summary: 'Text without quotes',
      detail: 'YAML reads `{source}` in `{field}` as the logical value {value}, not as text.',
      hint: 'Put it in quotes: "{source}".',
    },
    es: {
      summary: 'Texto sin comillas',
      detail: 'YAML lee `{source}` en `{field}` como el valor lógico {value}, no como texto.',
      hint: 'Póngalo entre comillas: "{source}".',
    },
  },
  'expected-text': {
    en: { summary: 'Text expected', detail: '`{field}` must be text, and is {value}.' },
    es: { summary: 'Se espera texto', detail: '`{field}` debe ser texto y es {value}.' },
  },
  'expected-number': {
    en: {
      summary: 'Number expected',
      detail: '`{field}` must be a whole number, and is {value}.',
      hint: 'Write the number without quotes.',
    },
    es: {
      summary: 'Se espera un número',
      detail: '`{field}` debe ser un número entero y es {value}.',
      hint: 'Escriba el número sin comillas.',
    },
  },
  'expected-boolean': {
    en: {
      summary: 'true or false expected',
      detail: '`{field}` must be true or false, and is {value}.',
      hint: 'Write true or false, without quotes.',
    },
    es: {
      summary: 'Se espera true o false',
      detail: '`{field}` debe ser true o false y es {value}.',
      hint: 'Escriba true (sí) o false (no), sin comillas.',
    },
  },
  'expected-map': {
    en: {
      summary: 'Block of fields expected',
      detail: '`{field}` must be a block of fields, and is {value}.',
      hint: 'Write the fields below it, indented: `key: value`.',
    },
    es: {
      summary: 'Se espera un bloque de campos',
      detail: '`{field}` debe ser un bloque de campos y es {value}.',
      hint: 'Escriba debajo los campos, con sangría: `clave: valor`.',
    },
  },
  'expected-list': {
    en: {
      summary: 'List expected',
      detail: '`{field}` must be a list, and is {value}.',
      hint: 'Begin each entry with `- `.',
    },
    es: {
      summary: 'Se espera una lista',
      detail: '`{field}` debe ser una lista y es {value}.',
      hint: 'Empiece cada elemento con `- `.',
    },
  },
  'value-not-listed': {
    en: {
      summary: 'Value not possible',
      detail: '`{field}` cannot be {value}.',
      hint: 'Possible values: {allowed}.',
    },
    es: {
      summary: 'Valor no admitido',
      detail: '`{field}` no puede ser {value}.',
      hint: 'Valores posibles: {allowed}.',
    },
  },
  'misspelt-value': {
    en: {
      summary: 'Value not possible',
      detail: '`{field}` cannot be {value}. Possible values: {allowed}.',
      hint: 'Did you mean `{suggestion}`?',
    },
    es: {
      summary: 'Valor no admitido',
      detail: '`{field}` no puede ser {value}. Valores posibles: {allowed}.',
      hint: '¿Quería decir `{suggestion}`?',
    },
  },
  'value-form': {
    en: {
      summary: 'Value has the wrong form',
      detail: '`{field}` cannot be {value}.',
      hint: 'It looks like this: {example}',
    },
    es: {
      summary: 'Valor con forma incorrecta',
      detail: '`{field}` no puede ser {value}.',
      hint: 'Tiene esta forma: {example}',
    },
  },
  'value-range': {
    en: { summary: 'Value out of range', detail: '`{field}` is {value}; it must be {limit}.' },
    es: { summary: 'Valor fuera de rango', detail: '`{field}` es {value}; debe ser {limit}.' },
  },
  'value-size': {
    en: {
      summary: 'Too many or too few',
      detail: '`{field}` has the wrong length or number of entries; it must be {limit}.',
    },
    es: {
      summary: 'Demasiados o demasiado pocos',
      detail: '`{field}` no tiene la longitud o el número de elementos admitido; debe ser {limit}.',
    },
  },
  'item-twice': {
    en: {
      summary: 'Entry twice',
      detail: 'An entry stands twice in `{field}`.',
      hint: 'Remove one of the two.',
    },
    es: {
      summary: 'Elemento repetido',
      detail: 'Un elemento aparece dos veces en `{field}`.',
      hint: 'Quite uno de los dos.',
    },
  },
  'unknown-version': {
    en: {
      summary: 'Unknown format version',
      detail: 'This version of Alta does not know `apiVersion: {value}`, only {allowed}.',
      hint: 'Install a newer Alta, or write `apiVersion: alta/v1`.',
    },
    es: {
      summary: 'Versión de formato desconocida',
      detail: 'Esta versión de Alta no conoce `apiVersion: {value}`, solo {allowed}.',
      hint: 'Instale un Alta más reciente o escriba `apiVersion: alta/v1`.',
    },
  },
  'wrong-kind': {
    en: {
      summary: 'Wrong kind of file',
      detail: 'The file says `kind: {value}`; in this place it must be {allowed}.',
      hint: 'Correct `kind`, or move the file to where it belongs.',
    },
    es: {
      summary: 'Clase de fichero incorrecta',
      detail: 'El fichero dice `kind: {value}`; en este lugar debe ser {allowed}.',
      hint: 'Corrija `kind` o mueva el fichero a su sitio.',
    },
  },
  'secret-in-clear': {
    en: {
      summary: 'Secret in clear',
      detail: '`{field}` holds a secret in clear text. Whoever reads the file can use it.',
      hint: 'Store it with `alta secrets set` and refer to it as `{ secret: name }`. If the file was shared or committed, change the secret too.',
    },
    es: {
      summary: 'Secreto sin cifrar',
      detail: '`{field}` contiene un secreto sin cifrar. Quien lea el fichero puede usarlo.',
      hint: 'Guárdelo con `alta secrets set` y refiérase a él como `{ secret: nombre }`. Si el fichero se ha compartido o guardado en git, cambie además el secreto.',
    },
  },
} as const satisfies Record<string, Message>;
