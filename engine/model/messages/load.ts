import type { Message } from './message.ts';

/** Files that cannot be read as YAML. */
const fileMessages = {
  'workspace-missing': {
    en: {
      summary: 'No alta.yaml',
      detail: 'There is no alta.yaml here or in a folder above.',
      hint: 'Run `alta init` to make one, or change into the workspace.',
    },
    es: {
      summary: 'Falta alta.yaml',
      detail: 'No hay ningún alta.yaml aquí ni en las carpetas superiores.',
      hint: 'Cree uno con `alta init` o cambie a la carpeta del espacio de trabajo.',
    },
  },
  'file-too-large': {
    en: {
      summary: 'File too large',
      detail: 'The file has {size} bytes; at most {limit} are read.',
      hint: 'Divide it: all *.yaml files of a client’s folder are merged.',
    },
    es: {
      summary: 'Fichero demasiado grande',
      detail: 'El fichero ocupa {size} bytes; se leen como máximo {limit}.',
      hint: 'Divídalo: todos los *.yaml de la carpeta de un cliente se unen.',
    },
  },
  'file-not-utf8': {
    en: {
      summary: 'File is not UTF-8',
      detail: 'The byte at offset {offset} does not belong to UTF-8 text.',
      hint: 'Save the file again with the encoding UTF-8.',
    },
    es: {
      summary: 'El fichero no es UTF-8',
      detail: 'El byte de la posición {offset} no es texto UTF-8.',
      hint: 'Guarde el fichero de nuevo con la codificación UTF-8.',
    },
  },
  'file-bom': {
    en: {
      summary: 'Byte order mark at the start of the file',
      detail: 'The file starts with an invisible mark (BOM). It is ignored.',
      hint: 'Save it as “UTF-8” instead of “UTF-8 with BOM”, or run `alta fmt`.',
    },
    es: {
      summary: 'Marca BOM al principio del fichero',
      detail: 'El fichero empieza por una marca invisible (BOM). Se pasa por alto.',
      hint: 'Guárdelo como «UTF-8» y no como «UTF-8 con BOM», o ejecute `alta fmt`.',
    },
  },
  'file-empty': {
    en: {
      summary: 'Empty file',
      detail: 'The file says nothing.',
      hint: 'Delete it, or start it with `apiVersion: alta/v1` and its `kind`.',
    },
    es: {
      summary: 'Fichero vacío',
      detail: 'El fichero no contiene nada.',
      hint: 'Bórrelo, o empiécelo con `apiVersion: alta/v1` y su `kind`.',
    },
  },
  'file-not-editable': {
    en: {
      summary: 'File cannot be changed',
      detail: 'The file is not valid YAML ({rule}), so nothing was changed in it.',
      hint: 'Run `alta validate`, correct the file, and try again.',
    },
    es: {
      summary: 'El fichero no se puede modificar',
      detail: 'El fichero no es YAML válido ({rule}), así que no se ha cambiado nada en él.',
      hint: 'Ejecute `alta validate`, corrija el fichero e inténtelo de nuevo.',
    },
  },
  'more-problems': {
    en: {
      summary: 'More problems in this file',
      detail: '{count} more problems of this file are not shown.',
      hint: 'Correct those shown first.',
    },
    es: {
      summary: 'Hay más problemas en este fichero',
      detail: 'No se muestran otros {count} problemas de este fichero.',
      hint: 'Corrija primero los que se muestran.',
    },
  },
  'yaml-syntax': {
    en: {
      summary: 'Not valid YAML',
      detail: 'The YAML cannot be understood from here on ({rule}).',
      hint: 'Look at the indentation, the quotes and the colons of this line and the one above.',
    },
    es: {
      summary: 'YAML no válido',
      detail: 'El YAML no se entiende a partir de aquí ({rule}).',
      hint: 'Revise la sangría, las comillas y los dos puntos de esta línea y de la anterior.',
    },
  },
  'yaml-indent': {
    en: {
      summary: 'Wrong indentation',
      detail: 'This line is not indented like the lines it belongs with.',
      hint: 'Align it with its neighbours, with spaces; `alta fmt` does it once the file is valid.',
    },
    es: {
      summary: 'Sangría incorrecta',
      detail: 'Esta línea no está alineada con las que le corresponden.',
      hint: 'Alinéela con sus vecinas usando espacios; `alta fmt` lo hace cuando el fichero es válido.',
    },
  },
  'yaml-tab': {
    en: {
      summary: 'Tab as indentation',
      detail: 'This line is indented with a tab, which YAML does not allow.',
      hint: 'Replace the tab with spaces.',
    },
    es: {
      summary: 'Tabulador como sangría',
      detail: 'Esta línea empieza con un tabulador, que YAML no admite.',
      hint: 'Sustituya el tabulador por espacios.',
    },
  },
  'yaml-colon': {
    en: {
      summary: 'Two colons in one line',
      detail: 'This line has a second `: `, which YAML reads as another key.',
      hint: 'Put the value in double quotes, or begin a new line.',
    },
    es: {
      summary: 'Dos veces dos puntos en una línea',
      detail: 'Esta línea tiene un segundo `: `, que YAML lee como otra clave.',
      hint: 'Ponga el valor entre comillas dobles o empiece una línea nueva.',
    },
  },
  'yaml-missing-colon': {
    en: {
      summary: 'Colon missing',
      detail: 'A key is expected here, with `: ` after it.',
      hint: 'Write `key: value`, with a space after the colon.',
    },
    es: {
      summary: 'Faltan los dos puntos',
      detail: 'Aquí se espera una clave seguida de `: `.',
      hint: 'Escriba `clave: valor`, con un espacio después de los dos puntos.',
    },
  },
  'yaml-missing-character': {
    en: {
      summary: 'Quote, bracket or comma missing',
      detail: 'Something opened before is not closed here, or a comma or a space is missing.',
      hint: 'Close the quote or the bracket, or add the comma.',
    },
    es: {
      summary: 'Falta una comilla, un corchete o una coma',
      detail: 'Algo abierto antes no se cierra aquí, o falta una coma o un espacio.',
      hint: 'Cierre la comilla o el corchete, o añada la coma.',
    },
  },
  'yaml-start': {
    en: {
      summary: 'Value starts with a reserved character',
      detail: 'YAML does not allow an unquoted value to start with {character}.',
      hint: 'Put the value in double quotes.',
    },
    es: {
      summary: 'El valor empieza por un carácter reservado',
      detail: 'YAML no admite que un valor sin comillas empiece por {character}.',
      hint: 'Ponga el valor entre comillas dobles.',
    },
  },
  'yaml-escape': {
    en: {
      summary: 'Backslash not understood',
      detail: 'In double quotes a backslash starts an escape, and this one does not exist.',
      hint: 'Write `\\\\` for one backslash, or use single quotes.',
    },
    es: {
      summary: 'Barra invertida no entendida',
      detail: 'Entre comillas dobles la barra invertida inicia un código, y este no existe.',
      hint: 'Escriba `\\\\` para una barra invertida o use comillas simples.',
    },
  },
  'yaml-documents': {
    en: {
      summary: 'Several documents in one file',
      detail: 'A second `---` starts another document.',
      hint: 'Keep one document in each file.',
    },
    es: {
      summary: 'Varios documentos en un fichero',
      detail: 'Un segundo `---` empieza otro documento.',
      hint: 'Deje un solo documento en cada fichero.',
    },
  },
  'yaml-depth': {
    en: { summary: 'Nested too deeply', detail: 'Data may be nested {limit} levels deep.' },
    es: {
      summary: 'Demasiados niveles',
      detail: 'Los datos admiten {limit} niveles de anidamiento.',
    },
  },
  'yaml-too-long': {
    en: {
      summary: 'File too long',
      detail: 'The file has more than {limit} words and signs.',
      hint: 'Divide it: all *.yaml files of a client’s folder are merged.',
    },
    es: {
      summary: 'Fichero demasiado largo',
      detail: 'El fichero tiene más de {limit} palabras y signos.',
      hint: 'Divídalo: todos los *.yaml de la carpeta de un cliente se unen.',
    },
  },
  'yaml-aliases': {
    en: {
      summary: 'Aliases multiply the file',
      detail: 'After {count} aliases (`*name`) the data have grown by more than {limit} values.',
      hint: 'Write the values out, or declare them once as a policy.',
    },
    es: {
      summary: 'Los alias multiplican el fichero',
      detail: 'Tras {count} alias (`*nombre`) los datos han crecido en más de {limit} valores.',
      hint: 'Escriba los valores, o declárelos una vez como política.',
    },
  },
  'yaml-alias-unknown': {
    en: {
      summary: 'Alias without anchor',
      detail: '`*{name}` refers to an anchor `&{name}` that does not stand before it.',
      hint: 'Text that starts with `*` needs quotes.',
    },
    es: {
      summary: 'Alias sin ancla',
      detail: '`*{name}` remite a un ancla `&{name}` que no está antes.',
      hint: 'Un texto que empieza por `*` necesita comillas.',
    },
  },
  'yaml-tag': {
    en: {
      summary: 'Tag not allowed',
      detail: '`{tag}` is read as a YAML tag, and Alta knows none.',
      hint: 'Remove it; text that starts with `!` needs quotes.',
    },
    es: {
      summary: 'Etiqueta no admitida',
      detail: '`{tag}` se lee como una etiqueta de YAML, y Alta no admite ninguna.',
      hint: 'Quítela; un texto que empieza por `!` necesita comillas.',
    },
  },
  'yaml-merge-key': {
    en: {
      summary: 'Merge key not allowed',
      detail: '`{key}` merges another block in some programs; here it would be taken for a field.',
      hint: 'Write the fields out, or declare them once as a policy.',
    },
    es: {
      summary: 'Clave de fusión no admitida',
      detail: '`{key}` fusiona otro bloque en algunos programas; aquí se tomaría por un campo.',
      hint: 'Escriba los campos, o declárelos una vez como política.',
    },
  },
  'yaml-duplicate-key': {
    en: {
      summary: 'Key twice',
      detail: '`{key}` stands twice in the same block.',
      hint: 'Keep one of the two.',
    },
    es: {
      summary: 'Clave repetida',
      detail: '`{key}` aparece dos veces en el mismo bloque.',
      hint: 'Deje solo una de las dos.',
    },
  },
  'yaml-forbidden-key': {
    en: {
      summary: 'Key not allowed',
      detail: '`{key}` is a reserved word and cannot be a name here.',
      hint: 'Choose another name.',
    },
    es: {
      summary: 'Clave no admitida',
      detail: '`{key}` es una palabra reservada y no puede ser un nombre aquí.',
      hint: 'Elija otro nombre.',
    },
  },
  'yaml-key': {
    en: {
      summary: 'Key is not text',
      detail: 'The key of this entry is empty, a list or a block{key}.',
      hint: 'Write `key: value`.',
    },
    es: {
      summary: 'La clave no es texto',
      detail: 'La clave de esta entrada está vacía o es una lista o un bloque{key}.',
      hint: 'Escriba `clave: valor`.',
    },
  },
} as const satisfies Record<string, Message>;

/** What the schema refuses. */
const schemaMessages = {
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
      hint: 'Run `alta migrate` for an older file, or install a newer Alta.',
    },
    es: {
      summary: 'Versión de formato desconocida',
      detail: 'Esta versión de Alta no conoce `apiVersion: {value}`, solo {allowed}.',
      hint: 'Ejecute `alta migrate` si el fichero es antiguo, o instale un Alta más reciente.',
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

/** What does not fit together. */
const crossMessages = {
  'declared-twice': {
    en: {
      summary: 'Declared twice',
      detail: '`{what}` is already declared in {first}.',
      hint: 'Keep it in one file of the client’s folder.',
    },
    es: {
      summary: 'Declarado dos veces',
      detail: '`{what}` ya está declarado en {first}.',
      hint: 'Déjelo en un solo fichero de la carpeta del cliente.',
    },
  },
  'client-missing': {
    en: {
      summary: 'No `client` block',
      detail: 'No file of the folder {folder} says whose it is.',
      hint: 'Add `client: { id: {folder}, name: … }` to one of its files.',
    },
    es: {
      summary: 'Falta el bloque `client`',
      detail: 'Ningún fichero de la carpeta {folder} dice de quién es.',
      hint: 'Añada `client: { id: {folder}, name: … }` a uno de sus ficheros.',
    },
  },
  'client-folder': {
    en: {
      summary: 'Folder and client do not agree',
      detail: 'The folder is called {folder}, the client {id}.',
      hint: 'Rename the folder or correct `client.id`.',
    },
    es: {
      summary: 'La carpeta y el cliente no coinciden',
      detail: 'La carpeta se llama {folder} y el cliente {id}.',
      hint: 'Cambie el nombre de la carpeta o corrija `client.id`.',
    },
  },
  'client-twice': {
    en: {
      summary: 'Client twice',
      detail: 'The client {id} already exists in {first}.',
      hint: 'Give this one another id, the name of its folder.',
    },
    es: {
      summary: 'Cliente repetido',
      detail: 'El cliente {id} ya existe en {first}.',
      hint: 'Dé a este otro id, el nombre de su carpeta.',
    },
  },
  'secrets-owner': {
    en: {
      summary: 'secrets.yaml of another client',
      detail:
        'The file says `client: {owner}`, but lies in the folder of {client}. Its values could not be decrypted.',
      hint: 'Secrets cannot be copied between clients: set them again with `alta secrets set`.',
    },
    es: {
      summary: 'secrets.yaml de otro cliente',
      detail:
        'El fichero dice `client: {owner}`, pero está en la carpeta de {client}. Sus valores no se podrían descifrar.',
      hint: 'Los secretos no se copian entre clientes: introdúzcalos de nuevo con `alta secrets set`.',
    },
  },
  'platform-unknown': {
    en: {
      summary: 'Platform does not exist',
      detail: 'alta.yaml has no platform `{platform}`.',
      hint: 'Known: {known}. Correct the name, or add the platform to alta.yaml.',
    },
    es: {
      summary: 'La plataforma no existe',
      detail: 'alta.yaml no tiene ninguna plataforma `{platform}`.',
      hint: 'Conocidas: {known}. Corrija el nombre o añada la plataforma a alta.yaml.',
    },
  },
  'pbx-unknown': {
    en: {
      summary: 'PBX does not exist',
      detail: 'The client has no PBX `{pbx}`.',
      hint: 'Known: {known}. Correct the name, or add the PBX under `pbx:`.',
    },
    es: {
      summary: 'La centralita no existe',
      detail: 'El cliente no tiene ninguna centralita `{pbx}`.',
      hint: 'Conocidas: {known}. Corrija el nombre o añada la centralita en `pbx:`.',
    },
  },
  'via-unknown': {
    en: {
      summary: 'Access does not exist',
      detail: 'Neither the client nor alta.yaml has an access `{via}`.',
      hint: 'Known: {known}. Correct the name, or add it under `access:`.',
    },
    es: {
      summary: 'El acceso no existe',
      detail: 'Ni el cliente ni alta.yaml tienen un acceso `{via}`.',
      hint: 'Conocidos: {known}. Corrija el nombre o añádalo en `access:`.',
    },
  },
  'extension-twice': {
    en: {
      summary: 'Extension number twice',
      detail: 'The number {number} already exists on `{pbx}`, in {first}.',
      hint: 'Change one of the two numbers.',
    },
    es: {
      summary: 'Número de extensión repetido',
      detail: 'El número {number} ya existe en `{pbx}`, en {first}.',
      hint: 'Cambie uno de los dos números.',
    },
  },
  'extension-unknown': {
    en: {
      summary: 'Extension does not exist',
      detail: 'The client declares no extension `{extension}`.',
      hint: 'Write `<pbx>/<number>` of a declared extension, or declare it.',
    },
    es: {
      summary: 'La extensión no existe',
      detail: 'El cliente no declara ninguna extensión `{extension}`.',
      hint: 'Escriba `<centralita>/<número>` de una extensión declarada, o declárela.',
    },
  },
  'extension-unknown-near': {
    en: {
      summary: 'Extension does not exist',
      detail: 'The client declares no extension `{extension}`.',
      hint: 'Did you mean `{suggestion}`?',
    },
    es: {
      summary: 'La extensión no existe',
      detail: 'El cliente no declara ninguna extensión `{extension}`.',
      hint: '¿Quería decir `{suggestion}`?',
    },
  },
  'released-declared': {
    en: {
      summary: 'Released and declared at once',
      detail: '`{name}` is released here and declared elsewhere in the client’s files.',
      hint: 'Remove one of the two.',
    },
    es: {
      summary: 'Liberado y declarado a la vez',
      detail: '`{name}` se libera aquí y se declara en otro lugar de los ficheros del cliente.',
      hint: 'Quite uno de los dos.',
    },
  },
  'device-twice': {
    en: {
      summary: 'Device twice',
      detail: 'The device `{id}` already exists in {first}.',
      hint: 'Give one of the two another id.',
    },
    es: {
      summary: 'Dispositivo repetido',
      detail: 'El dispositivo `{id}` ya existe en {first}.',
      hint: 'Dé otro id a uno de los dos.',
    },
  },
  'line-twice': {
    en: {
      summary: 'Line used twice',
      detail: 'Line {line} of `{device}` already has an account, in {first}.',
      hint: 'Use another line.',
    },
    es: {
      summary: 'Línea usada dos veces',
      detail: 'La línea {line} de `{device}` ya tiene una cuenta, en {first}.',
      hint: 'Use otra línea.',
    },
  },
  'too-many-accounts': {
    en: {
      summary: 'More accounts than registrations',
      detail: 'This is account number {count} of {extension}, which may register {limit} at once.',
      hint: 'Raise `concurrentRegistrations`, or remove an account.',
    },
    es: {
      summary: 'Más cuentas que registros',
      detail: 'Esta es la cuenta número {count} de {extension}, que admite {limit} registros a la vez.',
      hint: 'Aumente `concurrentRegistrations` o quite una cuenta.',
    },
  },
  'tenant-twice': {
    en: {
      summary: 'Tenant claimed twice',
      detail: 'The tenant {tenant} of `{platform}` already belongs to the client {owner}, in {first}.',
      hint: 'A tenant belongs to one PBX of one client. Correct the tenant.',
    },
    es: {
      summary: 'Tenant asignado dos veces',
      detail: 'El tenant {tenant} de `{platform}` ya pertenece al cliente {owner}, en {first}.',
      hint: 'Un tenant pertenece a una sola centralita de un solo cliente. Corrija el tenant.',
    },
  },
  'box-twice': {
    en: {
      summary: 'PBX claimed twice',
      detail: '{url} already belongs to the client {owner}, in {first}.',
      hint: 'Declare a box that several clients share as a platform in alta.yaml.',
    },
    es: {
      summary: 'Centralita asignada dos veces',
      detail: '{url} ya pertenece al cliente {owner}, en {first}.',
      hint: 'Declare como plataforma en alta.yaml el equipo que comparten varios clientes.',
    },
  },
  'mac-twice': {
    en: {
      summary: 'MAC address twice',
      detail: '{mac} is already a device of the client {owner}, in {first}.',
      hint: 'Look at the label under the phone and correct one of the two.',
    },
    es: {
      summary: 'Dirección MAC repetida',
      detail: '{mac} ya es un dispositivo del cliente {owner}, en {first}.',
      hint: 'Mire la etiqueta de debajo del teléfono y corrija una de las dos.',
    },
  },
  'http-in-clear': {
    en: {
      summary: 'Connection without encryption',
      detail: '{url} would carry the password in clear over the network.',
      hint: 'Use https, reach it through `via:`, or give the reason in `insecure: "…"`.',
    },
    es: {
      summary: 'Conexión sin cifrar',
      detail: '{url} llevaría la contraseña sin cifrar por la red.',
      hint: 'Use https, acceda por `via:` o indique el motivo en `insecure: "…"`.',
    },
  },
  'secret-missing': {
    en: {
      summary: 'Secret does not exist',
      detail: 'secrets.yaml has no `{name}` under `{group}`.',
      hint: 'Add it with `alta secrets set`. If a password stands here instead of a name, remove it and change it.',
    },
    es: {
      summary: 'El secreto no existe',
      detail: 'secrets.yaml no tiene `{name}` en `{group}`.',
      hint: 'Añádalo con `alta secrets set`. Si aquí hay una contraseña en vez de un nombre, quítela y cámbiela.',
    },
  },
  'secret-group': {
    en: {
      summary: 'Secret in the wrong group',
      detail: '`{name}` stands in the other group of secrets.yaml; here it must be in `{group}`.',
      hint: 'Set it again with `alta secrets set`: each group has recipients of its own.',
    },
    es: {
      summary: 'Secreto en el grupo equivocado',
      detail: '`{name}` está en el otro grupo de secrets.yaml; aquí debe estar en `{group}`.',
      hint: 'Introdúzcalo de nuevo con `alta secrets set`: cada grupo tiene sus propios destinatarios.',
    },
  },
  'source-unlisted': {
    en: {
      summary: 'Source of a secret not listed',
      detail: 'alta.yaml does not list `{name}` under `secrets.sources`.',
      hint: 'Have it listed there with its use and the address it may go to.',
    },
    es: {
      summary: 'Origen de un secreto no declarado',
      detail: 'alta.yaml no incluye `{name}` en `secrets.sources`.',
      hint: 'Pida que se declare allí con su uso y la dirección a la que puede ir.',
    },
  },
  'source-use': {
    en: {
      summary: 'Source of a secret has another use',
      detail: 'alta.yaml lists `{name}` for `{use}`; here it is used for `{wanted}`.',
      hint: 'Use another source, or correct its use in alta.yaml.',
    },
    es: {
      summary: 'Origen de un secreto con otro uso',
      detail: 'alta.yaml declara `{name}` para `{use}`; aquí se usa para `{wanted}`.',
      hint: 'Use otro origen o corrija su uso en alta.yaml.',
    },
  },
  'source-origin': {
    en: {
      summary: 'Secret bound to another address',
      detail: 'alta.yaml allows `{name}` to be sent to {origin} only, not to {url}.',
      hint: 'Use another source, or correct `origin` in alta.yaml.',
    },
    es: {
      summary: 'Secreto ligado a otra dirección',
      detail: 'alta.yaml solo permite enviar `{name}` a {origin}, no a {url}.',
      hint: 'Use otro origen o corrija `origin` en alta.yaml.',
    },
  },
} as const satisfies Record<string, Message>;

export const loadMessages = {
  ...fileMessages,
  ...schemaMessages,
  ...crossMessages,
} as const satisfies Record<string, Message>;
