import type { Lang } from '../../engine/model/index.ts';
import type { Plural } from '../../engine/report/index.ts';
import type { Verdict } from '../../stacks/run/ending.ts';

/** What `alta terraform` says beside Terraform. */
export interface TerraformTexts {
  readonly stages: Readonly<Record<'synthesise' | 'prepare' | 'run', string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly summary: Plural;
  readonly mirrorWritten: string;
  readonly mirrorNext: string;
  readonly handBack: {
    readonly taken: Plural;
    readonly dropped: Plural;
    readonly unapplied: Plural;
    readonly next: string;
  };
}

export const terraformTexts: Readonly<Record<Lang, TerraformTexts>> = {
  en: {
    stages: {
      synthesise: 'Writing the stacks',
      prepare: '{client}: terraform init',
      run: '{client}: terraform {command}',
    },
    verdicts: {
      done: 'done',
      changes: 'changes',
      stale: 'not done: the saved plan is of other files',
      failed: 'failed',
    },
    summary: { one: '{n} client:', other: '{n} clients:' },
    mirrorWritten: 'Mirror of terraform.local/alta/alta {version} written to {folder}, for {platforms}.',
    mirrorNext:
      'Terraform finds it with TF_CLI_CONFIG_FILE={rc}. Put .terraform.lock.hcl of the mirror beside each cdk.tf.json: it pins exactly this provider.',
    handBack: {
      taken: {
        one: '{n} resource is in the state of Alta now.',
        other: '{n} resources are in the state of Alta now.',
      },
      dropped: {
        one: '{n} that Alta knew before is not managed by Terraform: it is no longer ours.',
        other: '{n} that Alta knew before are not managed by Terraform: they are no longer ours.',
      },
      unapplied: {
        one: '{n} was imported and never applied: the next plan says what adopting it means.',
        other: '{n} were imported and never applied: the next plan says what adopting them means.',
      },
      next: 'Next: `alta plan --client {client}`. The Terraform state of this client is of no use any more; the provider refuses it while `engine: alta` stands.',
    },
  },
  es: {
    stages: {
      synthesise: 'Escribiendo los stacks',
      prepare: '{client}: terraform init',
      run: '{client}: terraform {command}',
    },
    verdicts: {
      done: 'hecho',
      changes: 'cambios',
      stale: 'sin hacer: el plan guardado es de otros archivos',
      failed: 'ha fallado',
    },
    summary: { one: '{n} cliente:', other: '{n} clientes:' },
    mirrorWritten: 'Réplica de terraform.local/alta/alta {version} escrita en {folder}, para {platforms}.',
    mirrorNext:
      'Terraform la encuentra con TF_CLI_CONFIG_FILE={rc}. Ponga el .terraform.lock.hcl de la réplica junto a cada cdk.tf.json: fija exactamente este provider.',
    handBack: {
      taken: {
        one: '{n} recurso está ahora en el estado de Alta.',
        other: '{n} recursos están ahora en el estado de Alta.',
      },
      dropped: {
        one: '{n} que Alta conocía antes no lo gestiona Terraform: ya no es nuestro.',
        other: '{n} que Alta conocía antes no los gestiona Terraform: ya no son nuestros.',
      },
      unapplied: {
        one: '{n} se importó y nunca se aplicó: el próximo plan dirá qué supone adoptarlo.',
        other: '{n} se importaron y nunca se aplicaron: el próximo plan dirá qué supone adoptarlos.',
      },
      next: 'Siguiente: `alta plan --client {client}`. El estado de Terraform de este cliente ya no sirve; el provider lo rechaza mientras diga `engine: alta`.',
    },
  },
};
