import type { FormLine } from '../../engine/model/index.ts';
import { formOf } from '../../engine/run/forms.ts';
import type { Situation } from './situation.ts';

/** A person's step in one line: `Extensiones › Nueva; Nombre: Recepción; Guardar`. Names secrets, never shows them. */
export function panelOf({ change, desired, target, driver, input }: Situation): string {
  if (change === null) return '';
  const form = formOf(change, desired, target, driver, input.state, '');
  return (form?.lines ?? []).map(lineOf).join('; ');
}

function lineOf(line: FormLine): string {
  switch (line.do) {
    case 'open':
      return line.path.join(' › ');
    case 'set':
      return `${line.label}: ${line.value}`;
    case 'secret':
      return `${line.label}: [${line.name}]`;
    case 'press':
      return line.label;
  }
}
