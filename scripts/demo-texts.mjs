/** What the demo says, in both languages. */
export const texts = {
  en: {
    opening:
      'Alta on its embedded lab: simulated PBXs and phones on this machine, nothing else is contacted.',
    lab: 'The lab starts: PBXs of all four kinds (Yeastar S and P, MeetIP, PekePBX in two dialects), five Yealink phones (one of each kind of web page), an SSH host with an Asterisk command line, a file server',
    declare:
      'The ticket becomes YAML: one client on every kind of PBX, and a phone on each. One phone is in the office, one behind the SSH host, one fetches a file, one is switched off, one is set up by a person',
    plan: 'What would change? Every PBX and phone is read, and nothing is written yet',
    apply: 'Apply: PBXs first, then each phone with the name and the password that its PBX has',
    second: 'The second plan has no change; what waits is listed',
    later:
      'The phone on the dock fetches its file, the one in the meeting room is switched on: the next apply picks it up',
    byHand: 'A technician fills in the last phone from the form, and says so',
    verify:
      'Does it work? Asked of both sides, the PBX and the phone, and for one PBX of Asterisk itself; and where calls lead. What only a person can tell is listed as such',
    colleague:
      'A colleague edits an extension in the PBX, and a label on the phone itself; alta notices both',
    repair: 'Apply puts back what the YAML declares',
    unexpected: (command, expected, code) => `alta ${command} ended with ${code}, expected ${expected}`,
    closing: (seconds) => `Done in ${seconds} s: declared, planned, applied, proven, repaired.`,
  },
  es: {
    opening:
      'Alta en su laboratorio: centralitas y teléfonos simulados en este equipo; no se contacta con nada más.',
    lab: 'Arranca el laboratorio: centralitas de las cuatro clases (Yeastar S y P, MeetIP, PekePBX en dos dialectos), cinco teléfonos Yealink (uno por cada tipo de página web), un servidor SSH con la línea de órdenes de Asterisk y un servidor de archivos',
    declare:
      'El ticket se convierte en YAML: un cliente en todas las clases de centralita, con un teléfono en cada una. Uno está en la oficina, otro detrás del servidor SSH, otro descarga un archivo, otro está apagado y otro lo configura una persona',
    plan: '¿Qué cambiaría? Se leen todas las centralitas y teléfonos; todavía no se escribe nada',
    apply:
      'Aplicar: primero las centralitas, después cada teléfono con el nombre y la contraseña que tiene la suya',
    second: 'El segundo plan no tiene cambios; lo que espera queda a la vista',
    later:
      'El teléfono del muelle descarga su archivo y se enciende el de la sala: el siguiente apply lo recoge',
    byHand: 'Un técnico rellena el último teléfono con el formulario y lo confirma',
    verify:
      '¿Funciona? Se pregunta a los dos lados, la centralita y el teléfono, en una centralita también al propio Asterisk, y a dónde llevan las llamadas. Lo que solo puede ver una persona se indica como tal',
    colleague:
      'Un compañero cambia una extensión en la centralita y una etiqueta en el propio teléfono; alta se da cuenta de ambas cosas',
    repair: 'Aplicar restaura lo que declara el YAML',
    unexpected: (command, expected, code) =>
      `alta ${command} ha terminado con ${code}, se esperaba ${expected}`,
    closing: (seconds) => `Hecho en ${seconds} s: declarado, planificado, aplicado, comprobado, reparado.`,
  },
};
