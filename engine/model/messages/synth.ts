import type { Message } from './message.ts';

/** What writing Terraform stacks may run into. */
export const synthMessages = {
  'backend-secret': {
    en: {
      summary: 'Credential of a Terraform backend in clear',
      detail:
        '`{field}` is a login of the backend. Written here it would stand in git, in every stack and in Terraform’s own files.',
      hint: 'Take it out; Terraform reads it from its environment: {variables}. If the file was shared or committed, change the credential too.',
    },
    es: {
      summary: 'Credencial de un backend de Terraform sin cifrar',
      detail:
        '`{field}` es un acceso al backend. Escrito aquí quedaría en git, en cada stack y en los ficheros del propio Terraform.',
      hint: 'Quítelo; Terraform lo lee de su entorno: {variables}. Si el fichero se ha compartido o guardado en git, cambie además la credencial.',
    },
  },
  'synth-nothing': {
    en: {
      summary: 'No client belongs to Terraform',
      detail: 'No client of the workspace says `engine: terraform`, so no stack was written.',
      hint: 'Write `engine: terraform` in the YAML of the clients that Terraform shall own.',
    },
    es: {
      summary: 'Ningún cliente es de Terraform',
      detail:
        'Ningún cliente del espacio de trabajo dice `engine: terraform`; no se ha escrito ningún stack.',
      hint: 'Escriba `engine: terraform` en el YAML de los clientes que deba llevar Terraform.',
    },
  },
  'synth-state-needed': {
    en: {
      summary: 'The stack depends on what Terraform’s state holds',
      detail:
        '{count} resources of client {client} wait for a step that nobody vouched for ({on}). What Terraform made already must stay, what it did not make must wait, and the state, which tells them apart, is kept elsewhere.',
      hint: 'Run `terraform state pull > FILE` in the client’s stack and `alta synth {client} --state FILE`, or use `alta terraform`, which does so. Or do the step and `alta attest {on}`.',
    },
    es: {
      summary: 'El stack depende de lo que tenga el estado de Terraform',
      detail:
        '{count} recursos del cliente {client} esperan un paso del que nadie ha dado fe ({on}). Lo que Terraform ya creó debe quedarse, lo que no creó debe esperar, y el estado, que los distingue, se guarda en otro sitio.',
      hint: 'Ejecute `terraform state pull > ARCHIVO` en el stack del cliente y `alta synth {client} --state ARCHIVO`, o use `alta terraform`, que lo hace. O haga el paso y `alta attest {on}`.',
    },
  },
  'synth-state-one-client': {
    en: {
      summary: 'A state belongs to one client',
      detail: '`--state` was given for {count} clients: {clients}.',
      hint: 'Name exactly one client: `alta synth CLIENT --state FILE`.',
    },
    es: {
      summary: 'Un estado es de un solo cliente',
      detail: '`--state` se ha dado para {count} clientes: {clients}.',
      hint: 'Nombre exactamente un cliente: `alta synth CLIENTE --state ARCHIVO`.',
    },
  },
  'synth-other-client': {
    en: {
      summary: 'State of another client',
      detail:
        'The Terraform state given for {client} ({filename}) holds resources of {others}. With it, Terraform would destroy them. The stack of {client} was not written.',
      hint: 'Give the state of {client}: `terraform state pull > FILE` in the folder of its own stack. If that is what you did, two clients share one state: check `terraform.backend` in alta.yaml and the variables of the backend (TF_HTTP_ADDRESS and the like).',
    },
    es: {
      summary: 'Estado de otro cliente',
      detail:
        'El estado de Terraform que se da para {client} ({filename}) contiene recursos de {others}. Con él, Terraform los destruiría. No se ha escrito el stack de {client}.',
      hint: 'Dé el estado de {client}: `terraform state pull > ARCHIVO` en la carpeta de su propio stack. Si es lo que ha hecho, dos clientes comparten un estado: revise `terraform.backend` en alta.yaml y las variables del backend (TF_HTTP_ADDRESS y similares).',
    },
  },
  'synth-move-waits': {
    en: {
      summary: 'A renamed resource moves in steps',
      detail:
        'Terraform cannot move `{from}` to `{to}` at once: its state has something else there. For now it is called `{now}`.',
      hint: 'Apply, then plan again: the next stack moves it on. Nothing is created or destroyed for it.',
    },
    es: {
      summary: 'Un recurso renombrado se mueve por pasos',
      detail:
        'Terraform no puede mover `{from}` a `{to}` de una vez: en su estado hay otra cosa ahí. Por ahora se llama `{now}`.',
      hint: 'Aplique y vuelva a planificar: el siguiente stack lo mueve. Nada se crea ni se destruye por ello.',
    },
  },
  'synth-name-taken': {
    en: {
      summary: 'A new resource gets a name for the time being',
      detail:
        '`{to}` still names something else in Terraform’s state. For now the new resource is called `{now}`.',
      hint: 'Apply, then plan again: the next stack gives it its name. Nothing is created or destroyed for it.',
    },
    es: {
      summary: 'Un recurso nuevo recibe un nombre provisional',
      detail:
        '`{to}` todavía es el nombre de otra cosa en el estado de Terraform. Por ahora el recurso nuevo se llama `{now}`.',
      hint: 'Aplique y vuelva a planificar: el siguiente stack le da su nombre. Nada se crea ni se destruye por ello.',
    },
  },
  'terraform-state-unreadable': {
    en: {
      summary: 'Terraform state cannot be read',
      detail: '{filename} is not a Terraform state of version 4 in plain JSON ({reason}).',
      hint: 'Give the output of `terraform state pull` (with OpenTofu: `tofu state pull`).',
    },
    es: {
      summary: 'No se puede leer el estado de Terraform',
      detail: '{filename} no es un estado de Terraform de versión 4 en JSON ({reason}).',
      hint: 'Dé la salida de `terraform state pull` (con OpenTofu: `tofu state pull`).',
    },
  },
  'terraform-workspace-other': {
    en: {
      summary: 'Another workspace of Terraform is chosen',
      detail:
        'TF_WORKSPACE is `{workspace}`. {filename} is the state of the workspace `default`, and says nothing about that one.',
      hint: 'Unset TF_WORKSPACE to mean `default`. Or run `terraform state pull > FILE` in the folder of the stack and give `--state FILE`; `alta terraform` asks Terraform by itself.',
    },
    es: {
      summary: 'Está elegido otro workspace de Terraform',
      detail:
        'TF_WORKSPACE es `{workspace}`. {filename} es el estado del workspace `default` y no dice nada de ese otro.',
      hint: 'Quite TF_WORKSPACE si quiere decir `default`. O ejecute `terraform state pull > ARCHIVO` en la carpeta del stack y dé `--state ARCHIVO`; `alta terraform` pregunta a Terraform por sí mismo.',
    },
  },
  'synth-hcl': {
    en: {
      summary: 'HCL output is not supported',
      detail: 'cdktf would write resources without their arguments: SYNTH_HCL_OUTPUT asks for HCL.',
      hint: 'Unset SYNTH_HCL_OUTPUT; Terraform reads the JSON just as well.',
    },
    es: {
      summary: 'No se admite la salida en HCL',
      detail: 'cdktf escribiría los recursos sin sus argumentos: SYNTH_HCL_OUTPUT pide HCL.',
      hint: 'Quite SYNTH_HCL_OUTPUT; Terraform lee igual de bien el JSON.',
    },
  },
} as const satisfies Record<string, Message>;
