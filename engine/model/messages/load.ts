import { fileMessages } from './load-file.ts';
import { schemaMessages } from './load-schema.ts';
import type { Message } from './message.ts';

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
  'store-unknown': {
    en: {
      summary: 'Store does not exist',
      detail: 'Neither the client nor alta.yaml has a store `{store}` under `provisioning:`.',
      hint: 'Known: {known}. Correct the name, or add it under `provisioning:`.',
    },
    es: {
      summary: 'El almacén no existe',
      detail: 'Ni el cliente ni alta.yaml tienen un almacén `{store}` en `provisioning:`.',
      hint: 'Conocidos: {known}. Corrija el nombre o añádalo en `provisioning:`.',
    },
  },
  'device-without-way': {
    en: {
      summary: 'No way to the device',
      detail: '`{device}` has neither an `address` nor `publish`, so nothing can be written to it.',
      hint: 'Add `address: https://…`, or `publish: { method: provisioning, store: … }`, or `mode: guided` if a person sets it up.',
    },
    es: {
      summary: 'No hay forma de llegar al dispositivo',
      detail: '`{device}` no tiene ni `address` ni `publish`, así que no se puede configurar.',
      hint: 'Añada `address: https://…`, o `publish: { method: provisioning, store: … }`, o `mode: guided` si lo configura una persona.',
    },
  },
  'sip-server-missing': {
    en: {
      summary: 'No SIP server',
      detail: 'The account does not say where to register, and the PBX `{pbx}` has no `sip:` block.',
      hint: 'Add `sip: { server: … }` to the PBX, or `server:` to the account.',
    },
    es: {
      summary: 'Falta el servidor SIP',
      detail: 'La cuenta no indica dónde registrarse y la centralita `{pbx}` no tiene bloque `sip:`.',
      hint: 'Añada `sip: { server: … }` a la centralita, o `server:` a la cuenta.',
    },
  },
  'account-without-password': {
    en: {
      summary: 'No password for the phone',
      detail:
        'The SIP secret of {extension} is `unmanaged`, so the phone is not given one: it registers only if it has the right one already.',
      hint: 'Use `source: pbx` where the PBX shows it, or declare a secret (`alta secrets generate`).',
    },
    es: {
      summary: 'El teléfono se queda sin contraseña',
      detail:
        'La contraseña SIP de {extension} es `unmanaged`, así que no se le da ninguna al teléfono: solo registra si ya tiene la correcta.',
      hint: 'Ponga `source: pbx` si la centralita la muestra, o declare una contraseña (`alta secrets generate`).',
    },
  },
  'network-needed': {
    en: {
      summary: 'Inside or outside?',
      detail:
        'The PBX `{pbx}` has one SIP server for `lan` and another one for `wan`, and nothing says which one the phone uses.',
      hint: 'Add `network: lan` or `network: wan` to the device or the account.',
    },
    es: {
      summary: '¿Desde dentro o desde fuera?',
      detail:
        'La centralita `{pbx}` tiene un servidor SIP para `lan` y otro para `wan`, y nada indica cuál usa el teléfono.',
      hint: 'Añada `network: lan` o `network: wan` al dispositivo o a la cuenta.',
    },
  },
  'network-missing': {
    en: {
      summary: 'No SIP server for that network',
      detail: 'The PBX `{pbx}` has no SIP server for `{network}`.',
      hint: 'Add `sip: { {network}: { server: … } }` to the PBX, or correct `network`.',
    },
    es: {
      summary: 'No hay servidor SIP para esa red',
      detail: 'La centralita `{pbx}` no tiene servidor SIP para `{network}`.',
      hint: 'Añada `sip: { {network}: { server: … } }` a la centralita, o corrija `network`.',
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
  'profile-other-driver': {
    en: {
      summary: 'Profile of another kind of PBX',
      detail:
        'The profile `{profile}` is for the driver `{meant}`, and this PBX is of the driver `{driver}`.',
      hint: 'Name a profile for `{driver}`, or none.',
    },
    es: {
      summary: 'Perfil de otro tipo de centralita',
      detail: 'El perfil `{profile}` es para el driver `{meant}` y esta centralita es del driver `{driver}`.',
      hint: 'Indique un perfil para `{driver}` o ninguno.',
    },
  },
  'profile-unknown': {
    en: {
      summary: 'Unknown profile',
      detail: 'There is no profile `{profile}`.',
      hint: 'It would be `profiles/{profile}.yaml` in the workspace. Known: {known}.',
    },
    es: {
      summary: 'Perfil desconocido',
      detail: 'No hay ningún perfil `{profile}`.',
      hint: 'Sería `profiles/{profile}.yaml` en el espacio de trabajo. Conocidos: {known}.',
    },
  },
} as const satisfies Record<string, Message>;

export const loadMessages = {
  ...fileMessages,
  ...schemaMessages,
  ...crossMessages,
} as const satisfies Record<string, Message>;
