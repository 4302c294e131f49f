import type { Message } from './message.ts';

/**
 * What can go wrong between us and a host, before its answer means anything. `{kind}` is a short technical word
 * (`ECONNREFUSED`, `CERT_HAS_EXPIRED`); never a body, a header or a query.
 */
export const transportMessages = {
  unreachable: {
    en: {
      summary: 'Host not reachable',
      detail: '{host} cannot be reached for {operation} ({kind}).',
      hint: 'Check that the box is switched on, that the address and port are right, and that this machine (or the bastion) may reach it.',
    },
    es: {
      summary: 'Equipo no accesible',
      detail: 'No se puede llegar a {host} para {operation} ({kind}).',
      hint: 'Compruebe que el equipo está encendido, que la dirección y el puerto son correctos y que esta máquina (o el bastión) puede llegar a él.',
    },
  },
  timeout: {
    en: {
      summary: 'No complete answer in time',
      detail: '{host} did not finish {operation} within {seconds} s.',
      hint: 'Try again later. If it keeps happening, the box or the line to it is overloaded.',
    },
    es: {
      summary: 'Sin respuesta completa a tiempo',
      detail: '{host} no ha terminado {operation} en {seconds} s.',
      hint: 'Pruebe de nuevo más tarde. Si se repite, el equipo o la línea están sobrecargados.',
    },
  },
  'connection-reset': {
    en: {
      summary: 'Connection cut',
      detail: '{host} cut the connection during {operation} ({kind}).',
      hint: 'Try again. If it keeps happening, look for a firewall or proxy between this machine and the box, or a box that speaks only old TLS (`tls.minVersion`).',
    },
    es: {
      summary: 'Conexión cortada',
      detail: '{host} ha cortado la conexión durante {operation} ({kind}).',
      hint: 'Pruebe de nuevo. Si se repite, busque un cortafuegos o proxy entre este equipo y la centralita, o una centralita que solo habla TLS antiguo (`tls.minVersion`).',
    },
  },
  'answer-too-large': {
    en: {
      summary: 'Answer too large',
      detail: '{host} answered {operation} with more than {limit} bytes.',
      hint: 'Check that the address is the API of the box. No API answer is that large.',
    },
    es: {
      summary: 'Respuesta demasiado grande',
      detail: '{host} ha respondido a {operation} con más de {limit} bytes.',
      hint: 'Compruebe que la dirección es la API del equipo. Ninguna respuesta de API es tan grande.',
    },
  },
  'tls-untrusted': {
    en: {
      summary: 'Certificate not trusted',
      detail:
        'The certificate of {host} is not trusted ({kind}), so {operation} was not attempted. Nothing was sent.',
      hint: 'If the box has a self-signed certificate, run `alta trust`: it shows the pin to compare, and writes it under `tls.pins` once you agree. Otherwise renew the certificate.',
    },
    es: {
      summary: 'Certificado no fiable',
      detail:
        'El certificado de {host} no es de confianza ({kind}), así que no se ha intentado {operation}. No se ha enviado nada.',
      hint: 'Si el equipo usa un certificado autofirmado, ejecute `alta trust`: muestra la huella para compararla y, si usted acepta, la escribe en `tls.pins`. Si no, renueve el certificado.',
    },
  },
  'tls-pin-mismatch': {
    en: {
      summary: 'Not the pinned certificate',
      detail:
        '{host} shows a certificate whose public key is {found}, which is none of the declared pins, so {operation} was not attempted. Nothing was sent.',
      hint: 'Ask whoever administers the box whether its certificate was replaced. If nobody did, somebody may be listening in: do not change the pin. If it was, `alta trust --replace` writes the new one.',
    },
    es: {
      summary: 'No es el certificado declarado',
      detail:
        '{host} presenta un certificado con la clave pública {found}, que no es ninguna de las huellas declaradas, así que no se ha intentado {operation}. No se ha enviado nada.',
      hint: 'Pregunte a quien administre el equipo si se ha cambiado el certificado. Si no, alguien puede estar interceptando: no cambie la huella. Si se cambió, `alta trust --replace` escribe la nueva.',
    },
  },
  'tls-pins-invalid': {
    en: {
      summary: 'Pins not usable',
      detail: 'The pins of {host} are not one or two `SHA256:<base64>` values.',
      hint: 'Correct `tls.pins`. `alta trust` shows them in the right form.',
    },
    es: {
      summary: 'Huellas no utilizables',
      detail: 'Las huellas de {host} no son uno o dos valores `SHA256:<base64>`.',
      hint: 'Corrija `tls.pins`. `alta trust` las muestra en la forma correcta.',
    },
  },
  'tls-handshake': {
    en: {
      summary: 'No TLS agreement',
      detail: '{host} and Alta could not agree on TLS for {operation} ({kind}). Nothing was sent.',
      hint: 'Check that the port speaks https. An old box may need `tls.minVersion` and `tls.ciphers`.',
    },
    es: {
      summary: 'Sin acuerdo de TLS',
      detail: '{host} y Alta no han podido acordar TLS para {operation} ({kind}). No se ha enviado nada.',
      hint: 'Compruebe que el puerto habla https. Un equipo antiguo puede necesitar `tls.minVersion` y `tls.ciphers`.',
    },
  },
  'address-refused': {
    en: {
      summary: 'Address not allowed',
      detail: '{host} stands for {address}, a {kind} address that Alta never talks to. Nothing was sent.',
      hint: 'Correct the address. If it comes from DNS, somebody may have changed the name’s entry.',
    },
    es: {
      summary: 'Dirección no permitida',
      detail:
        '{host} corresponde a {address}, una dirección {kind} con la que Alta no habla nunca. No se ha enviado nada.',
      hint: 'Corrija la dirección. Si viene del DNS, alguien puede haber cambiado la entrada de ese nombre.',
    },
  },
  aborted: {
    en: { summary: 'Stopped', detail: '{operation} on {host} was stopped before it was done.' },
    es: { summary: 'Interrumpido', detail: '{operation} en {host} se ha interrumpido antes de terminar.' },
  },
  'insecure-url': {
    en: {
      summary: 'Unprotected address',
      detail: '{host} is given as a plain http:// address, where passwords could be read on the way.',
      hint: 'Use https://, reach it through `via`, or give the reason in `insecure: "reason"`; plans show it.',
    },
    es: {
      summary: 'Dirección sin protección',
      detail:
        '{host} figura con una dirección http:// sin cifrar, en la que se podrían leer las contraseñas por el camino.',
      hint: 'Use https://, acceda a través de `via` o indique el motivo en `insecure: "motivo"`; los planes lo muestran.',
    },
  },
  'url-invalid': {
    en: {
      summary: 'Address not usable',
      detail: 'The address of {host} cannot be used ({kind}).',
      hint: 'Write it as https://host:port, without user name, password, query or fragment.',
    },
    es: {
      summary: 'Dirección no utilizable',
      detail: 'La dirección de {host} no se puede usar ({kind}).',
      hint: 'Escríbala como https://equipo:puerto, sin usuario, contraseña, consulta ni fragmento.',
    },
  },
  'request-unsendable': {
    en: {
      summary: 'Request cannot be sent',
      detail:
        '{operation} for {host} holds a value that does not fit into an HTTP request ({kind}). Nothing was sent.',
      hint: 'Look for line breaks or other invisible characters in the credentials and values.',
    },
    es: {
      summary: 'Petición imposible de enviar',
      detail:
        '{operation} para {host} contiene un valor que no cabe en una petición HTTP ({kind}). No se ha enviado nada.',
      hint: 'Busque saltos de línea u otros caracteres invisibles en las credenciales y los valores.',
    },
  },
  redirected: {
    en: {
      summary: 'Sent elsewhere',
      detail:
        '{host} answered {operation} by pointing to {to} (status {status}). Alta does not follow: credentials go only where they are declared for.',
      hint: 'If the box has moved, correct its address and have the change reviewed.',
    },
    es: {
      summary: 'Remitido a otro sitio',
      detail:
        '{host} ha respondido a {operation} remitiendo a {to} (estado {status}). Alta no lo sigue: las credenciales van solo al sitio declarado.',
      hint: 'Si el equipo ha cambiado de dirección, corríjala y haga que revisen el cambio.',
    },
  },
  'ssh-unreachable': {
    en: {
      summary: 'Bastion not reachable',
      detail: 'The bastion {bastion} on the way to {host} cannot be reached ({kind}).',
      hint: 'Check that it is switched on and that SSH is open to this machine.',
    },
    es: {
      summary: 'Bastión no accesible',
      detail: 'No se puede llegar al bastión {bastion}, por el que se accede a {host} ({kind}).',
      hint: 'Compruebe que está encendido y que admite SSH desde esta máquina.',
    },
  },
  'ssh-host-key': {
    en: {
      summary: 'Not the declared bastion',
      detail:
        'The bastion {bastion} on the way to {host} shows the key {found}, which is none of the declared `hostKeys`. Nothing was sent.',
      hint: 'Ask its administrator whether the key was replaced. If nobody did, somebody may be listening in: do not change `hostKeys`.',
    },
    es: {
      summary: 'No es el bastión declarado',
      detail:
        'El bastión {bastion}, por el que se accede a {host}, presenta la clave {found}, que no es ninguna de las declaradas en `hostKeys`. No se ha enviado nada.',
      hint: 'Pregunte a su administrador si se ha cambiado la clave. Si no, alguien puede estar interceptando: no cambie `hostKeys`.',
    },
  },
  'ssh-handshake': {
    en: {
      summary: 'No SSH agreement',
      detail:
        'The bastion {bastion} on the way to {host} and Alta could not agree on SSH; key types asked for: {types}.',
      hint: 'Check that the bastion has a host key of the declared type and a current SSH server.',
    },
    es: {
      summary: 'Sin acuerdo de SSH',
      detail:
        'El bastión {bastion}, por el que se accede a {host}, y Alta no han podido acordar SSH; tipos de clave pedidos: {types}.',
      hint: 'Compruebe que el bastión tiene una clave del tipo declarado y un servidor SSH actual.',
    },
  },
  'ssh-key': {
    en: {
      summary: 'SSH key not usable',
      detail: 'The SSH key for the bastion {bastion} on the way to {host} cannot be used ({kind}).',
      hint: 'Give a private key in OpenSSH or PEM form, with its passphrase if it has one, and at least one entry in `hostKeys`.',
    },
    es: {
      summary: 'Clave SSH no utilizable',
      detail: 'La clave SSH del bastión {bastion}, por el que se accede a {host}, no se puede usar ({kind}).',
      hint: 'Proporcione una clave privada en formato OpenSSH o PEM, con su frase de paso si la tiene, y al menos una entrada en `hostKeys`.',
    },
  },
  'ssh-auth': {
    en: {
      summary: 'Bastion refused the key',
      detail:
        'The bastion {bastion} on the way to {host} refused the key of user {user}. It is not tried again.',
      hint: 'Have the public key added to the authorised keys of that user.',
    },
    es: {
      summary: 'El bastión rechaza la clave',
      detail:
        'El bastión {bastion}, por el que se accede a {host}, ha rechazado la clave del usuario {user}. No se vuelve a probar.',
      hint: 'Pida que añadan la clave pública a las claves autorizadas de ese usuario.',
    },
  },
  'ssh-forward-refused': {
    en: {
      summary: 'Bastion refuses to forward',
      detail: 'The bastion {bastion} does not allow a connection onward to {host} ({kind}).',
      hint: 'Ask its administrator to allow TCP forwarding to that address and port (AllowTcpForwarding, PermitOpen).',
    },
    es: {
      summary: 'El bastión no reenvía',
      detail: 'El bastión {bastion} no permite conectar con {host} ({kind}).',
      hint: 'Pida a su administrador que permita el reenvío TCP a esa dirección y puerto (AllowTcpForwarding, PermitOpen).',
    },
  },
} as const satisfies Record<string, Message>;
