import type { CommandRow } from './row.ts';

/** Commands for clients whose engine is Terraform. */
export const terraformCommands: readonly CommandRow[] = [
  {
    name: 'synth',
    args: [
      {
        name: '[clients...]',
        help: {
          en: 'Default: all that say `engine: terraform`',
          es: 'Si faltan, todos los que dicen `engine: terraform`',
        },
      },
    ],
    help: {
      en: 'Write the Terraform stacks, without contacting anybody and without Terraform',
      es: 'Escribe los stacks de Terraform, sin contactar con nadie y sin Terraform',
    },
    options: ['client', 'stacksFolder', 'state'],
    load: () => import('../commands/synth.ts'),
  },
  {
    name: 'terraform',
    args: [
      {
        name: '[-- arguments...]',
        help: {
          en: "Terraform's own, e.g. -- plan -detailed-exitcode",
          es: 'Los de Terraform, p. ej. -- plan -detailed-exitcode',
        },
      },
    ],
    help: {
      en: 'Run Terraform for the clients that say `engine: terraform`',
      es: 'Ejecuta Terraform con los clientes que dicen `engine: terraform`',
    },
    options: ['client', 'since', 'program', 'stacksFolder', 'stacksAtOnce'],
    load: () => import('../commands/terraform.ts'),
  },
  {
    name: 'terraform mirror',
    args: [{ name: '<dir>', help: { en: 'Folder to write', es: 'Carpeta que se escribe' } }],
    help: {
      en: 'Write a mirror with the provider, for those who run Terraform themselves',
      es: 'Escribe una réplica con el provider, para quien ejecuta Terraform por su cuenta',
    },
    options: [],
    load: () => import('../commands/terraform-mirror.ts'),
  },
  {
    name: 'terraform hand-back',
    args: [
      {
        name: '<client>',
        help: {
          en: 'Client that says `engine: alta` again',
          es: 'Cliente que vuelve a decir `engine: alta`',
        },
      },
    ],
    help: {
      en: 'Take what Terraform manages of a client back into Alta',
      es: 'Devuelve a Alta lo que Terraform gestiona de un cliente',
    },
    options: ['state', 'lockTimeout'],
    load: () => import('../commands/terraform-hand-back.ts'),
  },
];
