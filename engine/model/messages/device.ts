import type { Message } from './message.ts';

/** What phones say, or do not take. `{host}` is the phone's address, `{address}` the place in the YAML's terms. */
export const deviceMessages = {
  'device-in-call': {
    en: {
      summary: 'Phone in a call',
      detail: '{host} has a call under way, so {address} was left alone. Nothing was sent.',
      hint: 'Run the apply again when the call is over.',
    },
    es: {
      summary: 'Teléfono en llamada',
      detail: '{host} tiene una llamada en curso, así que no se ha tocado {address}. No se ha enviado nada.',
      hint: 'Repita el apply cuando termine la llamada.',
    },
  },
  'device-busy': {
    en: {
      summary: 'Somebody else is in the phone’s web page',
      detail:
        '{host} allows one administrator at a time, and another session is open ({kind}). Nothing was sent.',
      hint: 'Ask the colleague to log out of the phone’s web page, or wait some minutes and try again. After a run that was killed it may be Alta’s own session: the phone ends it by itself.',
    },
    es: {
      summary: 'Otra persona está en la web del teléfono',
      detail:
        '{host} admite un solo administrador a la vez y hay otra sesión abierta ({kind}). No se ha enviado nada.',
      hint: 'Pida al compañero que cierre la web del teléfono, o espere unos minutos y repita. Tras una ejecución interrumpida puede ser la sesión de la propia Alta: el teléfono la cierra por sí mismo.',
    },
  },
  'published-waiting': {
    en: {
      summary: 'Published, not fetched yet',
      detail: 'The settings of {address} lie where {target} fetches them; it has not done so yet.',
      hint: 'Nothing to do: it fetches them by itself, or restart the phone. The next plan or apply sees it.',
    },
    es: {
      summary: 'Publicado, aún sin descargar',
      detail: 'La configuración de {address} está donde {target} la descarga; todavía no lo ha hecho.',
      hint: 'No hay que hacer nada: la descarga por sí mismo, o reinicie el teléfono. Lo verá el próximo plan o apply.',
    },
  },
  'trigger-failed': {
    en: {
      summary: 'Phone could not be told to fetch',
      detail: 'The file of {target} is in place, but the phone did not take the `{trigger}` ({kind}).',
      hint: 'It fetches at its next restart. For `action-uri`: allow this machine in the phone (Features › Remote Control) and switch the prompt off. For `notify`: see that UDP reaches it.',
    },
    es: {
      summary: 'No se ha podido avisar al teléfono',
      detail:
        'El archivo de {target} está en su sitio, pero el teléfono no ha aceptado `{trigger}` ({kind}).',
      hint: 'Lo descargará en su próximo reinicio. Con `action-uri`: permita este equipo en el teléfono (Funciones › Control remoto) y quite la pregunta. Con `notify`: compruebe que le llega UDP.',
    },
  },
  'extension-in-use': {
    en: {
      summary: 'Extension still registered',
      detail: '{address} is registered right now, and {accounts} used it before, so it was not deleted.',
      hint: 'Once the phone works with its new extension (`alta verify`), apply again. To delete it all the same, repeat with `--accept-outage "reason"`.',
    },
    es: {
      summary: 'La extensión sigue registrada',
      detail: '{address} está registrada ahora mismo y {accounts} la usaba antes, así que no se ha borrado.',
      hint: 'Cuando el teléfono funcione con su extensión nueva (`alta verify`), repita el apply. Para borrarla de todos modos, repita con `--accept-outage "motivo"`.',
    },
  },
  'reference-unknown': {
    en: {
      summary: 'Value not known',
      detail: '{address} takes `{field}` from {on}, which does not say it. Nothing was sent.',
      hint: 'Declare it: `registrationName` on the extension, or `registerName` on the account.',
    },
    es: {
      summary: 'Valor desconocido',
      detail: '{address} toma `{field}` de {on}, que no lo indica. No se ha enviado nada.',
      hint: 'Declárelo: `registrationName` en la extensión o `registerName` en la cuenta.',
    },
  },
  'secret-not-shown': {
    en: {
      summary: 'PBX does not show the password',
      detail: '{address} takes its password from {on}, and the PBX does not show it. Nothing was sent.',
      hint: 'Declare the SIP secret of the extension instead of `source: pbx` (`alta secrets generate`).',
    },
    es: {
      summary: 'La centralita no muestra la contraseña',
      detail: '{address} toma su contraseña de {on}, y la centralita no la muestra. No se ha enviado nada.',
      hint: 'Declare la contraseña SIP de la extensión en lugar de `source: pbx` (`alta secrets generate`).',
    },
  },
  'rotation-stopped': {
    en: {
      summary: 'Change of passwords stopped',
      detail:
        'The phones of {on} did not take or do not register with the new password, so the others keep theirs.',
      hint: 'Look at that phone first, then run the apply again: it goes on from here.',
    },
    es: {
      summary: 'Cambio de contraseñas detenido',
      detail:
        'Los teléfonos de {on} no han aceptado la contraseña nueva o no registran con ella, así que los demás conservan la suya.',
      hint: 'Revise primero ese teléfono y repita el apply: continúa desde aquí.',
    },
  },
  'rotation-undone': {
    en: {
      summary: 'Old password put back',
      detail:
        'None of the phones of {address} could be given the new password, so the old one was put back on the PBX.',
      hint: 'See what the phones said, then run the apply again.',
    },
    es: {
      summary: 'Se ha repuesto la contraseña anterior',
      detail:
        'A ningún teléfono de {address} se le ha podido dar la contraseña nueva, así que se ha repuesto la anterior en la centralita.',
      hint: 'Mire qué han respondido los teléfonos y repita el apply.',
    },
  },
  'rotation-not-undone': {
    en: {
      summary: 'Old password not put back',
      detail:
        'None of the phones of {address} could be given the new password, and the old one could not be put back ({kind}): they do not register.',
      hint: 'Run the apply again at once: it gives the phones the new password.',
    },
    es: {
      summary: 'No se ha podido reponer la contraseña anterior',
      detail:
        'A ningún teléfono de {address} se le ha podido dar la contraseña nueva ni se ha podido reponer la anterior ({kind}): no registran.',
      hint: 'Repita el apply cuanto antes: da a los teléfonos la contraseña nueva.',
    },
  },
  'rotation-stranded': {
    en: {
      summary: 'Phones without the new password',
      detail:
        'None of the phones of {address} could be given the new password, and the PBX does not show the old one, so it stays changed: they do not register.',
      hint: 'Run the apply again at once: it gives the phones the new password.',
    },
    es: {
      summary: 'Teléfonos sin la contraseña nueva',
      detail:
        'A ningún teléfono de {address} se le ha podido dar la contraseña nueva, y la centralita no muestra la anterior, así que queda cambiada: no registran.',
      hint: 'Repita el apply cuanto antes: da a los teléfonos la contraseña nueva.',
    },
  },
  'device-forgotten': {
    en: {
      summary: 'Device left the files',
      detail:
        '{device} is no longer declared. It is not reset: it still knows the SIP secrets of {extensions}.',
      hint: 'If it will not come back, give those extensions new secrets (`alta secrets generate … --rotate`). To clean it first, declare it again with `accounts: []`, apply, and then remove it.',
    },
    es: {
      summary: 'Dispositivo retirado de los ficheros',
      detail:
        '{device} ya no está declarado. No se restablece: sigue conociendo las contraseñas SIP de {extensions}.',
      hint: 'Si no va a volver, genere contraseñas nuevas para esas extensiones (`alta secrets generate … --rotate`). Para limpiarlo antes, vuelva a declararlo con `accounts: []`, aplique y después retírelo.',
    },
  },
  'device-replaced': {
    en: {
      summary: 'Device replaced by another one',
      detail:
        '{device} is another device now. The one before ({id}) is not reset: it still knows the SIP secrets of {extensions}.',
      hint: 'If it is broken or lost, give those extensions new secrets (`alta secrets generate … --rotate`). If it stays in use, declare it under an id of its own.',
    },
    es: {
      summary: 'Dispositivo sustituido por otro',
      detail:
        '{device} es ahora otro aparato. El anterior ({id}) no se restablece: sigue conociendo las contraseñas SIP de {extensions}.',
      hint: 'Si está averiado o se ha perdido, genere contraseñas nuevas para esas extensiones (`alta secrets generate … --rotate`). Si se sigue usando, declárelo con un id propio.',
    },
  },
  'device-web-unknown': {
    en: {
      summary: 'Web page not recognised',
      detail:
        '{host} does not answer like a phone that the driver of {target} knows ({evidence}). Nobody logged in.',
      hint: 'Check the address. If it is the right phone, use `mode: guided`, or let it fetch its settings with `publish`.',
    },
    es: {
      summary: 'Página web no reconocida',
      detail:
        '{host} no responde como un teléfono que conozca el controlador de {target} ({evidence}). No se ha iniciado sesión.',
      hint: 'Compruebe la dirección. Si es el teléfono correcto, use `mode: guided` o haga que descargue su configuración con `publish`.',
    },
  },
  'device-web-old': {
    en: {
      summary: 'Web page too old',
      detail:
        '{host} has a web page of a generation that {target} can neither be read from nor written through ({evidence}). Nobody logged in.',
      hint: 'Update its firmware, use `mode: guided`, or let the phone fetch its settings with `publish`.',
    },
    es: {
      summary: 'Página web demasiado antigua',
      detail:
        '{host} tiene una página web de una generación con la que {target} no se puede leer ni escribir ({evidence}). No se ha iniciado sesión.',
      hint: 'Actualice su firmware, use `mode: guided` o haga que el teléfono descargue su configuración con `publish`.',
    },
  },
  'device-logged-out': {
    en: {
      summary: 'Phone ended the session',
      detail: '{host} answered {operation} as if nobody were logged in ({evidence}), right after a login.',
      hint: 'See whether somebody else is in the phone’s web page, then try again.',
    },
    es: {
      summary: 'El teléfono ha cerrado la sesión',
      detail:
        '{host} ha respondido a {operation} como si nadie hubiera iniciado sesión ({evidence}), justo después de entrar.',
      hint: 'Compruebe si otra persona está en la web del teléfono y repita.',
    },
  },
  'device-firmware-unknown': {
    en: {
      summary: 'Firmware not known',
      detail:
        '{host} runs firmware {found}, and what its settings are called there is not known. {target} was left alone.',
      hint: 'If the phone does not tell its firmware, declare it with `firmware`. Otherwise use `mode: guided`.',
    },
    es: {
      summary: 'Firmware desconocido',
      detail:
        '{host} tiene el firmware {found}, y no se sabe cómo se llaman ahí sus ajustes. No se ha tocado {target}.',
      hint: 'Si el teléfono no dice su firmware, declárelo con `firmware`. Si no, use `mode: guided`.',
    },
  },
  'config-refused': {
    en: {
      summary: 'Settings refused by the phone',
      detail: '{host} did not take the settings for {address}. Its word for it: {evidence}.',
      hint: 'Plan again to see what the phone has now. If it refuses again, set the line in its web page.',
    },
    es: {
      summary: 'Ajustes rechazados por el teléfono',
      detail: '{host} no ha aceptado los ajustes de {address}. En sus palabras: {evidence}.',
      hint: 'Vuelva a planificar para ver qué tiene ahora el teléfono. Si los rechaza de nuevo, configure la línea en su web.',
    },
  },
  'settings-unreadable': {
    en: {
      summary: 'Not a settings file of a phone',
      detail: '{file} cannot be read as settings of a phone ({kind}, line {line}).',
      hint: 'Look at that line of the file. An encrypted file, or a web page in its place, is not read.',
    },
    es: {
      summary: 'No es un fichero de ajustes de un teléfono',
      detail: '{file} no se puede leer como ajustes de un teléfono ({kind}, línea {line}).',
      hint: 'Mire esa línea del fichero. No se leen ficheros cifrados ni páginas web en su lugar.',
    },
  },
  'settings-unwritable': {
    en: {
      summary: 'Setting that does not fit into the file',
      detail: 'The setting {key} cannot stand in the settings file of a phone ({kind}). Nothing was written.',
      hint: 'Correct the value in the YAML, or the secret: no line breaks, no blanks at its ends.',
    },
    es: {
      summary: 'Ajuste que no cabe en el fichero',
      detail:
        'El ajuste {key} no puede figurar en el fichero de ajustes de un teléfono ({kind}). No se ha escrito nada.',
      hint: 'Corrija el valor en el YAML, o el secreto: sin saltos de línea ni espacios en los extremos.',
    },
  },
  'text-uncarriable': {
    en: {
      summary: 'Text that the phone cannot be given',
      detail:
        '`{field}` of {address} cannot be handed to {driver} as it is ({kind}): its settings know no quoting. It was not sent.',
      hint: 'Leave out line breaks, control characters and blanks at the ends; `%NULL%` and `%EMPTY%` mean something else there.',
    },
    es: {
      summary: 'Texto que no se puede dar al teléfono',
      detail:
        '`{field}` de {address} no se puede entregar tal cual a {driver} ({kind}): sus ajustes no admiten comillas de escape. No se ha enviado.',
      hint: 'Quite saltos de línea, caracteres de control y espacios en los extremos; `%NULL%` y `%EMPTY%` significan ahí otra cosa.',
    },
  },
  'text-doubtful': {
    en: {
      summary: 'Text that the phone may change',
      detail:
        'Nobody has seen whether {driver} gives `{field}` of {address} back as it is ({kind}). It is sent; a difference would show as drift.',
      hint: 'If the plan keeps changing it, write it without `#`, quotes around it, or emoji.',
    },
    es: {
      summary: 'Texto que el teléfono puede cambiar',
      detail:
        'No consta que {driver} devuelva `{field}` de {address} tal cual ({kind}). Se envía; una diferencia aparecería como desviación.',
      hint: 'Si el plan lo cambia una y otra vez, escríbalo sin `#`, sin comillas alrededor y sin emoji.',
    },
  },
  'field-generation': {
    en: {
      summary: 'Setting that this firmware does not have',
      detail: '{driver} with firmware of generation {generation} has no `{field}`, which {address} declares.',
      hint: 'Remove the line (`{field}: null` where a policy sets it), or update the phone.',
    },
    es: {
      summary: 'Ajuste que este firmware no tiene',
      detail:
        '{driver} con firmware de la generación {generation} no tiene `{field}`, declarado en {address}.',
      hint: 'Quite la línea (`{field}: null` si lo pone una política) o actualice el teléfono.',
    },
  },
  'model-limits-unknown': {
    en: {
      summary: 'Limits of the model not known',
      detail: 'How many lines {target} has is not known (model {model}), so its lines are not checked.',
      hint: 'Give the `model` as on the label under the phone (`T46U`), if it is missing or mistyped.',
    },
    es: {
      summary: 'Límites del modelo desconocidos',
      detail: 'No se sabe cuántas líneas tiene {target} (modelo {model}), así que no se comprueban.',
      hint: 'Indique en `model` lo que pone la etiqueta bajo el teléfono (`T46U`), si falta o está mal escrito.',
    },
  },
  'line-beyond-model': {
    en: {
      summary: 'Line that the phone does not have',
      detail: '{address} uses line {line}, but a {model} has {max}.',
      hint: 'Use a lower line, or correct the `model`.',
    },
    es: {
      summary: 'Línea que el teléfono no tiene',
      detail: '{address} usa la línea {line}, pero un {model} tiene {max}.',
      hint: 'Use una línea inferior o corrija `model`.',
    },
  },
  'firmware-unknown': {
    en: {
      summary: 'Firmware not known',
      detail: '{target} declares firmware {firmware}, whose settings are not known.',
      hint: 'Write it as the phone shows it (`108.86.0.20`), or take the line out if the phone can be asked.',
    },
    es: {
      summary: 'Firmware desconocido',
      detail: '{target} declara el firmware {firmware}, cuyos ajustes no se conocen.',
      hint: 'Escríbalo como lo muestra el teléfono (`108.86.0.20`) o quite la línea si se puede preguntar al teléfono.',
    },
  },
  'firmware-required': {
    en: {
      summary: 'Firmware must be declared',
      detail:
        '{target} (model {model}) fetches its settings, and their names depend on a firmware that nobody can ask it for.',
      hint: 'Add `firmware` as the phone shows it under Status (`108.86.0.20`).',
    },
    es: {
      summary: 'Hay que declarar el firmware',
      detail:
        '{target} (modelo {model}) descarga sus ajustes, y sus nombres dependen de un firmware que no se le puede preguntar.',
      hint: 'Añada `firmware` como lo muestra el teléfono en Estado (`108.86.0.20`).',
    },
  },
  'exclusive-boundless': {
    en: {
      summary: 'Exclusive phone of unknown size',
      detail:
        '{target} is `exclusive` and fetches its settings, but how many lines it has is not known, so they cannot all be switched off.',
      hint: 'Give a known `model`, or take `exclusive` out.',
    },
    es: {
      summary: 'Teléfono exclusivo de tamaño desconocido',
      detail:
        '{target} es `exclusive` y descarga sus ajustes, pero no se sabe cuántas líneas tiene, así que no se pueden apagar todas.',
      hint: 'Indique un `model` conocido o quite `exclusive`.',
    },
  },
  'target-without-way': {
    en: {
      summary: 'No way to the device',
      detail: '{target} has neither `address` nor `publish`, so nothing can be written to it.',
      hint: 'Add one of them, or `mode: guided`: plan then prints the steps for a person.',
    },
    es: {
      summary: 'Sin camino hasta el dispositivo',
      detail: '{target} no tiene ni `address` ni `publish`, así que no se le puede escribir nada.',
      hint: 'Añada uno de ellos, o `mode: guided`: plan imprime entonces los pasos para una persona.',
    },
  },
  'trigger-without-address': {
    en: {
      summary: 'Nobody to tell',
      detail: '{target} is to be told to fetch its settings (`trigger: {trigger}`), but it has no `address`.',
      hint: 'Add the `address`, or take the trigger out: the phone then fetches by itself, usually once a day.',
    },
    es: {
      summary: 'No hay a quién avisar',
      detail:
        'Hay que avisar a {target} para que descargue sus ajustes (`trigger: {trigger}`), pero no tiene `address`.',
      hint: 'Añada `address` o quite el aviso: el teléfono descarga entonces por sí solo, normalmente una vez al día.',
    },
  },
  'trigger-through-bastion': {
    en: {
      summary: 'NOTIFY cannot go through a bastion',
      detail:
        '{target} is reached through `{via}`. SIP NOTIFY is UDP, which an SSH connection does not carry.',
      hint: 'Use `trigger: action-uri`, or `none`.',
    },
    es: {
      summary: 'NOTIFY no pasa por un bastión',
      detail: 'A {target} se llega por `{via}`. SIP NOTIFY va por UDP, que una conexión SSH no transporta.',
      hint: 'Use `trigger: action-uri` o `none`.',
    },
  },
  'account-without-server': {
    en: {
      summary: 'Account without a server',
      detail: '{address} has no server to register at.',
      hint: 'Add `sip: { server: … }` to its PBX or platform, or `server` to the account.',
    },
    es: {
      summary: 'Cuenta sin servidor',
      detail: '{address} no tiene servidor en el que registrarse.',
      hint: 'Añada `sip: { server: … }` a su centralita o plataforma, o `server` a la cuenta.',
    },
  },
  'store-unusable': {
    en: {
      summary: 'Store of files not usable',
      detail: 'The folder of the store `{store}` cannot be used ({kind}).',
      hint: 'Check `provisioning:` in the YAML, and that the folder exists.',
    },
    es: {
      summary: 'Almacén de ficheros no utilizable',
      detail: 'La carpeta del almacén `{store}` no se puede usar ({kind}).',
      hint: 'Revise `provisioning:` en el YAML y que la carpeta exista.',
    },
  },
  'store-file': {
    en: {
      summary: 'File of a store not usable',
      detail: '{operation} of {file} in the store `{store}` is not possible ({kind}).',
      hint: 'Look at that file. Links, folders and texts that are not UTF-8 are not touched.',
    },
    es: {
      summary: 'Fichero del almacén no utilizable',
      detail: '{operation} de {file} en el almacén `{store}` no es posible ({kind}).',
      hint: 'Mire ese fichero. No se tocan enlaces, carpetas ni textos que no sean UTF-8.',
    },
  },
  'sftp-refused': {
    en: {
      summary: 'No SFTP on the host',
      detail: '{bastion} lets {user} log in, but not use SFTP ({operation} for {host}).',
      hint: 'Ask its administrator to switch on the SFTP subsystem for that user.',
    },
    es: {
      summary: 'El equipo no ofrece SFTP',
      detail: '{bastion} deja entrar a {user}, pero no usar SFTP ({operation} para {host}).',
      hint: 'Pida a su administrador que active el subsistema SFTP para ese usuario.',
    },
  },
  'notify-refused': {
    en: {
      summary: 'Phone refused the NOTIFY',
      detail: '{host} answered the NOTIFY with {status} ({kind}). Its file is written; it has not been told.',
      hint: 'The phone fetches by itself at its next check. For the trigger to work, look at `sip.trust_ctrl` and `sip.notify_reboot_enable`.',
    },
    es: {
      summary: 'El teléfono rechaza el NOTIFY',
      detail:
        '{host} ha respondido {status} al NOTIFY ({kind}). Su fichero está escrito; no se le ha podido avisar.',
      hint: 'El teléfono lo descargará en su próxima comprobación. Para que funcione el aviso, revise `sip.trust_ctrl` y `sip.notify_reboot_enable`.',
    },
  },
} as const satisfies Record<string, Message>;
