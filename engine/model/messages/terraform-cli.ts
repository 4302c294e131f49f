import type { Message } from './message.ts';

/** `alta terraform` and `alta terraform mirror`: what keeps Terraform from running. */
export const terraformCliMessages = {
  'terraform-missing': {
    en: {
      summary: 'Terraform not found',
      detail:
        'No program `{program}` is on PATH. `alta terraform` needs Terraform or OpenTofu, {needed} or newer.',
      hint: 'Install it, or say where it is: `--program tofu`, `--program /opt/terraform/terraform`, or the variable ALTA_TERRAFORM.',
    },
    es: {
      summary: 'No se encuentra Terraform',
      detail:
        'En el PATH no hay ningún programa `{program}`. `alta terraform` necesita Terraform u OpenTofu, {needed} o posterior.',
      hint: 'Instálelo o diga dónde está: `--program tofu`, `--program /opt/terraform/terraform` o la variable ALTA_TERRAFORM.',
    },
  },
  'terraform-program-old': {
    en: {
      summary: 'Terraform too old',
      detail:
        '`{program}` is version {found}; {needed} or newer is needed. Older ones write passwords into the state.',
      hint: 'Update it, or name a newer one with `--program` or the variable ALTA_TERRAFORM.',
    },
    es: {
      summary: 'Terraform demasiado antiguo',
      detail:
        '`{program}` es la versión {found}; se necesita {needed} o posterior. Las anteriores escriben las contraseñas en el estado.',
      hint: 'Actualícelo o indique otro más nuevo con `--program` o la variable ALTA_TERRAFORM.',
    },
  },
  'terraform-unusable': {
    en: {
      summary: 'Not a Terraform that runs',
      detail: '`{program} version -json` did not say a version ({problem}).',
      hint: 'Run `{program} version` to see what is wrong with it, or name another with `--program`.',
    },
    es: {
      summary: 'No es un Terraform que funcione',
      detail: '`{program} version -json` no ha dicho una versión ({problem}).',
      hint: 'Ejecute `{program} version` para ver qué le ocurre o indique otro con `--program`.',
    },
  },
  'terraform-no-clients': {
    en: {
      summary: 'No client for Terraform',
      detail: 'None of the clients chosen says `engine: terraform`.',
      hint: 'Write `engine: terraform` into the YAML of those that Terraform shall own; `alta plan` and `alta apply` serve the others.',
    },
    es: {
      summary: 'Ningún cliente para Terraform',
      detail: 'Ninguno de los clientes elegidos dice `engine: terraform`.',
      hint: 'Escriba `engine: terraform` en el YAML de los que deba llevar Terraform; los demás son de `alta plan` y `alta apply`.',
    },
  },
  'terraform-chdir': {
    en: {
      summary: 'The folder is already decided',
      detail:
        '`-chdir` was given, but each client has a stack in a folder of its own, and Terraform runs there.',
      hint: 'Leave `-chdir` out. `--client` chooses the stacks, `--out` says where they are.',
    },
    es: {
      summary: 'La carpeta ya está decidida',
      detail:
        'Se ha dado `-chdir`, pero cada cliente tiene un stack en una carpeta propia y Terraform se ejecuta en ella.',
      hint: 'Quite `-chdir`. `--client` elige los stacks y `--out` dice dónde están.',
    },
  },
  'terraform-consent': {
    en: {
      summary: 'Several questions at once',
      detail:
        'Terraform would ask before `{command}` for each of {n} clients ({clients}), and one terminal cannot answer them all. Nothing was done.',
      hint: 'Choose one with `--client`. Or plan first with `-- plan -out=FILE` and then `-- apply FILE`. Or give `-auto-approve`.',
    },
    es: {
      summary: 'Varias preguntas a la vez',
      detail:
        'Terraform preguntaría antes de `{command}` por cada uno de los {n} clientes ({clients}), y un solo terminal no puede responder a todos. No se ha hecho nada.',
      hint: 'Elija uno con `--client`. O planifique antes con `-- plan -out=ARCHIVO` y después `-- apply ARCHIVO`. O indique `-auto-approve`.',
    },
  },
  'terraform-shared-file': {
    en: {
      summary: 'One plan file for several clients',
      detail: '{file} would be the plan file of {n} clients: each would overwrite the last.',
      hint: 'Give a plain name such as `-out=change.tfplan`: it is kept in the folder of each stack.',
    },
    es: {
      summary: 'Un solo archivo de plan para varios clientes',
      detail: '{file} sería el archivo de plan de {n} clientes: cada uno sobrescribiría el anterior.',
      hint: 'Dé un nombre sin carpeta, como `-out=cambio.tfplan`: se guarda en la carpeta de cada stack.',
    },
  },
  'terraform-plan-stale': {
    en: {
      summary: 'Saved plan of other files',
      detail:
        '{file} of client {client} was made from another stack than the one that its YAML, attestations and state give now. Nothing was applied.',
      hint: 'Check out the commit that was planned, or plan again: `alta terraform --client {client} -- plan -out={file}`.',
    },
    es: {
      summary: 'Plan guardado de otros archivos',
      detail:
        '{file} del cliente {client} se hizo con un stack distinto del que dan ahora su YAML, lo atestado y el estado. No se ha aplicado nada.',
      hint: 'Vuelva al commit que se planificó o planifique de nuevo: `alta terraform --client {client} -- plan -out={file}`.',
    },
  },
  'terraform-step-failed': {
    en: {
      summary: 'Terraform could not prepare the stack',
      detail:
        '`{program} {step}` failed for client {client}. What it said stands above. The command itself was not run.',
      hint: 'Correct what it complains about. Its own options can be given by hand: `alta terraform --client {client} -- {step}`.',
    },
    es: {
      summary: 'Terraform no ha podido preparar el stack',
      detail:
        '`{program} {step}` ha fallado para el cliente {client}. Lo que dijo está más arriba. El comando en sí no se ha ejecutado.',
      hint: 'Corrija lo que indica. Sus propias opciones se pueden dar a mano: `alta terraform --client {client} -- {step}`.',
    },
  },
  'provider-bundle-missing': {
    en: {
      summary: 'The provider is not bundled',
      detail:
        'This installation of Alta holds no bundle of its Terraform provider, or one that is older than its code.',
      hint: 'In a checkout run `npm run build`. An installed package always holds it: install it again.',
    },
    es: {
      summary: 'El provider no está empaquetado',
      detail:
        'Esta instalación de Alta no contiene su provider de Terraform empaquetado, o es anterior a su código.',
      hint: 'En una copia del repositorio ejecute `npm run build`. Un paquete instalado siempre lo contiene: instálelo de nuevo.',
    },
  },
} as const satisfies Record<string, Message>;
