import type { Message } from './message.ts';

/** Texts name files, names, groups, lengths and places; never a value, a key or a ciphertext. */
export const secretsMessages = {
  'secret-not-found': {
    en: {
      summary: 'Secret not found',
      detail: 'There is no secret `{name}` in the secrets.yaml of {scope}.',
      hint: 'Add it with `alta secrets set {name}`, or make one up with `alta secrets generate {name}`.',
    },
    es: {
      summary: 'Secreto no encontrado',
      detail: 'No hay ningún secreto `{name}` en el secrets.yaml de {scope}.',
      hint: 'Añádalo con `alta secrets set {name}` o genere uno con `alta secrets generate {name}`.',
    },
  },
  'secret-twice': {
    en: {
      summary: 'Secret in both groups',
      detail: '{file} has `{name}` under `connect` and under `values`.',
      hint: 'Remove one of the two.',
    },
    es: {
      summary: 'Secreto en los dos grupos',
      detail: '{file} tiene `{name}` en `connect` y en `values`.',
      hint: 'Quite uno de los dos.',
    },
  },
  'secret-unreadable': {
    en: {
      summary: 'No key for this secret',
      detail: '`{name}` in {file} is encrypted for the group `{group}`, and no key found here opens it.',
      hint: 'Give your key with ALTA_AGE_KEY or ALTA_IDENTITY, or ask a member of the group to add your public key and run `alta secrets rekey`.',
    },
    es: {
      summary: 'Sin clave para este secreto',
      detail:
        '`{name}` de {file} está cifrado para el grupo `{group}` y ninguna clave encontrada aquí lo abre.',
      hint: 'Indique su clave con ALTA_AGE_KEY o ALTA_IDENTITY, o pida a un miembro del grupo que añada su clave pública y ejecute `alta secrets rekey`.',
    },
  },
  'secret-corrupt': {
    en: {
      summary: 'Secret damaged',
      detail:
        '`{name}` ({group}) in {file} is no intact secret of Alta: its text of {length} characters does not decode.',
      hint: 'Take the line from git as it was, or set the secret again with `alta secrets set {name}`.',
    },
    es: {
      summary: 'Secreto dañado',
      detail:
        '`{name}` ({group}) de {file} no es un secreto de Alta íntegro: su texto de {length} caracteres no se puede descifrar.',
      hint: 'Recupere la línea desde git o vuelva a guardar el secreto con `alta secrets set {name}`.',
    },
  },
  'secret-moved': {
    en: {
      summary: 'Secret copied from elsewhere',
      detail:
        '`{name}` ({group}) in {file} was sealed as `{found}`, but stands as `{expected}`. It is not used.',
      hint: 'Ciphertexts cannot be copied, renamed or given another rev. Set the secret again with `alta secrets set {name}`, and find out who moved it.',
    },
    es: {
      summary: 'Secreto copiado de otro sitio',
      detail:
        '`{name}` ({group}) de {file} se cifró como `{found}`, pero figura como `{expected}`. No se usa.',
      hint: 'Los textos cifrados no se pueden copiar, renombrar ni cambiar de rev. Vuelva a guardar el secreto con `alta secrets set {name}` y averigüe quién lo movió.',
    },
  },
  'secret-older': {
    en: {
      summary: 'Secret goes back',
      detail: '`{name}` ({group}) in {file} has rev {rev}, older than {applied}, which was applied last.',
      hint: 'If that is not meant, take the newer line from git.',
    },
    es: {
      summary: 'El secreto vuelve atrás',
      detail: '`{name}` ({group}) de {file} tiene la rev {rev}, anterior a {applied}, la última aplicada.',
      hint: 'Si no es lo que desea, recupere la línea más reciente desde git.',
    },
  },
  'secret-name-invalid': {
    en: {
      summary: 'Name not possible for a secret',
      detail: '`{name}` of {scope} cannot name a secret.',
      hint: 'Use segments of letters, digits and `. _ -` joined by `/`, such as `extensions/main/110/sip`; at most 200 characters.',
    },
    es: {
      summary: 'Nombre imposible para un secreto',
      detail: '`{name}` de {scope} no puede ser el nombre de un secreto.',
      hint: 'Use segmentos de letras sin acento, cifras y `. _ -` unidos con `/`, como `extensions/main/110/sip`; 200 caracteres como máximo.',
    },
  },
  'secret-value-refused': {
    en: {
      summary: 'Value not possible for a secret',
      detail:
        'The value given for `{name}` has {bytes} bytes. A secret is text of 1 to {max} bytes without NUL characters.',
      hint: 'Check where the value comes from: an empty one often means that the command before a pipe failed.',
    },
    es: {
      summary: 'Valor imposible para un secreto',
      detail:
        'El valor dado para `{name}` tiene {bytes} bytes. Un secreto es un texto de 1 a {max} bytes sin caracteres NUL.',
      hint: 'Compruebe de dónde sale el valor: si está vacío, suele ser que falló el comando anterior a la tubería.',
    },
  },
  'secret-wrong-use': {
    en: {
      summary: 'Secret not for this use',
      detail: '`{name}` belongs to the group `{use}`, but only {allowed} may be used here.',
      hint: 'Logins and what plan, drift and verify need are secrets of the group `connect`; SIP, portal and PIN secrets are of the group `values`.',
    },
    es: {
      summary: 'Secreto no destinado a este uso',
      detail: '`{name}` es del grupo `{use}`, pero aquí solo se puede usar {allowed}.',
      hint: 'Los accesos y lo que necesitan plan, drift y verify son secretos del grupo `connect`; las claves SIP, de portal y los PIN son del grupo `values`.',
    },
  },
  'secret-wrong-origin': {
    en: {
      summary: 'Secret bound to another address',
      detail: '`{name}` may go to {bound} only, but {origin} was going to receive it. It was not sent.',
      hint: 'If the new address is right, a maintainer changes `origin` under `secrets.sources` in alta.yaml.',
    },
    es: {
      summary: 'Secreto ligado a otra dirección',
      detail: '`{name}` solo puede ir a {bound}, pero lo iba a recibir {origin}. No se ha enviado.',
      hint: 'Si la nueva dirección es correcta, un responsable debe cambiar `origin` en `secrets.sources` de alta.yaml.',
    },
  },
  'secret-not-listed': {
    en: {
      summary: 'Source of a secret not listed',
      detail: '`{name}` is used as a secret, but `secrets.sources` in alta.yaml does not list it.',
      hint: 'List it there with its `use` and `origin`, or keep the secret in secrets.yaml.',
    },
    es: {
      summary: 'Fuente de secreto no declarada',
      detail: '`{name}` se usa como secreto, pero `secrets.sources` de alta.yaml no lo declara.',
      hint: 'Declárelo allí con su `use` y su `origin`, o guarde el secreto en secrets.yaml.',
    },
  },
  'secret-source-missing': {
    en: {
      summary: 'Secret not given',
      detail: '{name} is not set or does not exist here.',
      hint: 'Set the variable, or put the file in place, before running the command.',
    },
    es: {
      summary: 'Falta el secreto',
      detail: '{name} no está definido o no existe aquí.',
      hint: 'Defina la variable o coloque el fichero antes de ejecutar el comando.',
    },
  },
  'secret-file-refused': {
    en: {
      summary: 'Secret file refused',
      detail: '`{name}` in {folder} cannot be used as a secret ({reason}).',
      hint: 'It must be a plain text file within the folder declared in alta.yaml, not reached through symbolic links.',
    },
    es: {
      summary: 'Fichero de secreto rechazado',
      detail: '`{name}` de {folder} no se puede usar como secreto ({reason}).',
      hint: 'Debe ser un fichero de texto normal dentro de la carpeta declarada en alta.yaml, sin enlaces simbólicos de por medio.',
    },
  },
  'identity-malformed': {
    en: {
      summary: 'Not an age identity',
      detail: 'Line {line} of {source} is no AGE-SECRET-KEY-1 key.',
      hint: 'Copy the identity again, one key a line. Keys with a passphrase, plugin and SSH keys are not supported.',
    },
    es: {
      summary: 'No es una identidad age',
      detail: 'La línea {line} de {source} no es una clave AGE-SECRET-KEY-1.',
      hint: 'Copie de nuevo la identidad, una clave por línea. No se admiten claves con contraseña, de complementos ni SSH.',
    },
  },
  'identity-file-unreadable': {
    en: {
      summary: 'Identity file not readable',
      detail: '{path} cannot be read ({reason}).',
      hint: 'Check ALTA_IDENTITY and the permissions of the file.',
    },
    es: {
      summary: 'Fichero de identidad ilegible',
      detail: 'No se puede leer {path} ({reason}).',
      hint: 'Revise ALTA_IDENTITY y los permisos del fichero.',
    },
  },
  'identity-exposed': {
    en: {
      summary: 'Identity open to other users',
      detail: '{path} has mode {mode}: other users of this machine may read your key.',
      hint: 'Run `chmod 600 {path}`.',
    },
    es: {
      summary: 'Identidad abierta a otros usuarios',
      detail: '{path} tiene permisos {mode}: otros usuarios de este equipo podrían leer su clave.',
      hint: 'Ejecute `chmod 600 {path}`.',
    },
  },
  'identity-exists': {
    en: {
      summary: 'Identity already there',
      detail: '{path} exists and is not overwritten: what it opens would be lost.',
      hint: 'Use it, or give another path.',
    },
    es: {
      summary: 'La identidad ya existe',
      detail: '{path} existe y no se sobrescribe: se perdería lo que abre.',
      hint: 'Úsela o indique otra ruta.',
    },
  },
  'recipient-invalid': {
    en: {
      summary: 'Not an age public key',
      detail: '`secrets.recipients.{group}.{name}` in alta.yaml is no age public key.',
      hint: 'It begins with `age1` and has 62 characters; yours stands after `# public key:` in your identity file.',
    },
    es: {
      summary: 'No es una clave pública age',
      detail: '`secrets.recipients.{group}.{name}` de alta.yaml no es una clave pública age.',
      hint: 'Empieza por `age1` y tiene 62 caracteres; la suya figura tras `# public key:` en su fichero de identidad.',
    },
  },
  'recipient-is-private': {
    en: {
      summary: 'Private key among the recipients',
      detail:
        '`secrets.recipients.{group}.{name}` in alta.yaml is a private key. Whoever reads the file can open your secrets.',
      hint: 'Do not commit it. Make a new identity, list its public key (`age1…`), and rotate what the old key opened if the file was ever shared.',
    },
    es: {
      summary: 'Clave privada entre los destinatarios',
      detail:
        '`secrets.recipients.{group}.{name}` de alta.yaml es una clave privada. Quien lea el fichero puede abrir sus secretos.',
      hint: 'No la suba a git. Cree otra identidad, ponga su clave pública (`age1…`) y, si el fichero se llegó a compartir, cambie lo que abría la clave antigua.',
    },
  },
  'recipients-too-many': {
    en: {
      summary: 'Too many recipients',
      detail: 'The group `{group}` has {count} recipients; at most {max} are possible.',
      hint: 'Share one key among machines of the same trust, or remove who no longer needs access.',
    },
    es: {
      summary: 'Demasiados destinatarios',
      detail: 'El grupo `{group}` tiene {count} destinatarios; el máximo es {max}.',
      hint: 'Comparta una clave entre equipos de igual confianza o quite a quien ya no necesite acceso.',
    },
  },
  'recipients-missing': {
    en: {
      summary: 'No recipients',
      detail:
        '`secrets.recipients.{group}` in alta.yaml lists nobody, so nothing can be encrypted for that group.',
      hint: 'Add a name and its public key. `alta init` makes one for you.',
    },
    es: {
      summary: 'Sin destinatarios',
      detail:
        '`secrets.recipients.{group}` de alta.yaml no nombra a nadie, así que no se puede cifrar nada para ese grupo.',
      hint: 'Añada un nombre y su clave pública. `alta init` le crea una.',
    },
  },
  'fingerprint-key-invalid': {
    en: {
      summary: 'Fingerprint key not usable',
      detail: 'The secret `fingerprint-key` of the workspace does not hold {bits} bits in base64.',
      hint: 'Take secrets.yaml from git as it was. A new key makes every stored fingerprint useless.',
    },
    es: {
      summary: 'Clave de huellas inutilizable',
      detail: 'El secreto `fingerprint-key` del espacio de trabajo no contiene {bits} bits en base64.',
      hint: 'Recupere secrets.yaml desde git. Una clave nueva inutiliza todas las huellas guardadas.',
    },
  },
  'pin-length': {
    en: {
      summary: 'Length of PIN not possible',
      detail: 'A PIN of {digits} digits cannot be made: {min} to {max} are possible.',
    },
    es: {
      summary: 'Longitud de PIN imposible',
      detail: 'No se puede generar un PIN de {digits} cifras: se admiten de {min} a {max}.',
    },
  },
} as const satisfies Record<string, Message>;
