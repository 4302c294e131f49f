/** What the demo says, in both languages. */
export const texts = {
  en: {
    opening:
      'Alta on its embedded lab: simulated PBXs and phones on this machine, nothing else is contacted.',
    lab: 'The lab starts: two Yeastar boxes, five Yealink phones (one of each kind of web page), an SSH host, a file server',
    declare:
      'The ticket becomes YAML: five extensions, each with its phone. One phone is in the office, one behind the SSH host, one fetches a file, one is switched off, one is set up by a person',
    plan: 'What would change? Nothing is written yet',
    apply: 'Apply: PBX first, then each phone with the name and the password that the PBX has',
    second: 'The second plan has no change; what waits is listed',
    later:
      'The phone on the dock fetches its file, the one in the meeting room is switched on: the next apply picks it up',
    byHand: 'A technician fills in the last phone from the form, and says so',
    verify:
      'Does it work? Asked of both sides: the PBX and the phone. What only a person can tell is listed as such',
    colleague:
      'A colleague edits an extension in the PBX, and a label on the phone itself; alta notices both',
    repair: 'Apply puts back what the YAML declares',
    unexpected: (command, expected, code) => `alta ${command} ended with ${code}, expected ${expected}`,
    closing: (seconds) => `Done in ${seconds} s: declared, planned, applied, proven, repaired.`,
  },
  es: {
    opening:
      'Alta en su laboratorio: centralitas y teléfonos simulados en este equipo; no se contacta con nada más.',
    lab: 'Arranca el laboratorio: dos centralitas Yeastar, cinco teléfonos Yealink (uno por cada tipo de página web), un servidor SSH y un servidor de archivos',
    declare:
      'El ticket se convierte en YAML: cinco extensiones, cada una con su teléfono. Uno está en la oficina, otro detrás del servidor SSH, otro descarga un archivo, otro está apagado y otro lo configura una persona',
    plan: '¿Qué cambiaría? Todavía no se escribe nada',
    apply:
      'Aplicar: primero la centralita, después cada teléfono con el nombre y la contraseña que tiene la centralita',
    second: 'El segundo plan no tiene cambios; lo que espera queda a la vista',
    later:
      'El teléfono del muelle descarga su archivo y se enciende el de la sala: el siguiente apply lo recoge',
    byHand: 'Un técnico rellena el último teléfono con el formulario y lo confirma',
    verify:
      '¿Funciona? Se pregunta a los dos lados: la centralita y el teléfono. Lo que solo puede ver una persona se indica como tal',
    colleague:
      'Un compañero cambia una extensión en la centralita y una etiqueta en el propio teléfono; alta se da cuenta de ambas cosas',
    repair: 'Aplicar restaura lo que declara el YAML',
    unexpected: (command, expected, code) =>
      `alta ${command} ha terminado con ${code}, se esperaba ${expected}`,
    closing: (seconds) => `Hecho en ${seconds} s: declarado, planificado, aplicado, comprobado, reparado.`,
  },
};
