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
  },
};
