import type { Message } from './message.ts';

/** Files that cannot be read as YAML. */
export const fileMessages = {
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
  'yaml-long-value': {
    en: { summary: 'Value too long', detail: 'One value may have {limit} characters at most.' },
    es: { summary: 'Valor demasiado largo', detail: 'Un valor admite como máximo {limit} caracteres.' },
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
      detail: 'The key of this entry is empty, too long, a list or a block.',
      hint: 'Write `key: value`.',
    },
    es: {
      summary: 'La clave no es texto',
      detail: 'La clave de esta entrada está vacía, es demasiado larga o es una lista o un bloque.',
      hint: 'Escriba `clave: valor`.',
    },
  },
} as const satisfies Record<string, Message>;
