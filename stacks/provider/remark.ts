import {
  type Block,
  type Diagnostic,
  errorDiagnostic,
  type Lang,
  toDiagnostic,
} from '../../engine/model/index.ts';
import { fill } from '../../engine/report/fill.ts';
import { message } from '../../engine/report/message.ts';
import { words } from '../../engine/report/words.ts';
import type { Remark } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { attributeOfField } from './desired.ts';

/** A diagnostic in Terraform's form. Where it names a field, it points at that field's argument. */
export function remarkOf(diagnostic: Diagnostic, lang: Lang, shape?: ResourceShape): Remark {
  const { summary, detail, hint } = message(diagnostic, lang);
  const where = [diagnostic.code, ...(diagnostic.address === undefined ? [] : [diagnostic.address])].join(
    ' · ',
  );
  const attribute = attributeNamed(diagnostic, shape);
  return {
    severity: diagnostic.severity,
    summary,
    detail: [detail, ...(hint === '' ? [] : [`→ ${hint}`]), `[${where}]`]
      .filter((line) => line !== '')
      .join('\n'),
    ...(attribute === null ? {} : { path: [attribute] }),
  };
}

/** The remark of anything thrown. */
export function remarkOfError(
  error: unknown,
  lang: Lang,
  address: string | undefined,
  shape?: ResourceShape,
): Remark {
  return remarkOf(toDiagnostic(error, address === undefined ? {} : { address }), lang, shape);
}

/** What keeps a change from happening, with the way out of it. */
export function remarkOfBlock(address: string, block: Block, lang: Lang): Remark {
  const known = words[lang].blocks[block.code];
  const wayOut = fill(known.wayOut, { recreate: 1, ...block.params });
  return remarkOf(
    errorDiagnostic('provider-blocked', { address, reason: known.reason, wayOut }, { address }),
    lang,
  );
}

function attributeNamed({ params }: Diagnostic, shape: ResourceShape | undefined): string | null {
  const { field } = params;
  if (shape === undefined || typeof field !== 'string') return null;
  const attribute = attributeOfField(shape, field);
  return Object.hasOwn(shape.schema.attributes, attribute) ? attribute : null;
}

/** Whether one of them keeps the call from going on. */
export function hasError(remarks: readonly Remark[]): boolean {
  return remarks.some(({ severity }) => severity === 'error');
}
