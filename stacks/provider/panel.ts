import type { Change, FormLine } from '../../engine/model/index.ts';
import { formOf } from '../../engine/run/forms.ts';
import type { Place } from './instance.ts';
import type { Situation } from './situation.ts';

/** A person's step in one line: `Extensiones › Nueva; Nombre: Recepción; Guardar`. Names secrets, never shows them. */
export function panelOf({ change, desired, target, driver, input }: Situation): string {
  if (change === null) return '';
  const form = formOf(change, desired, target, driver, input.state, '');
  return (form?.lines ?? []).map(lineOf).join('; ');
}

/** The same for a deletion that no API of the target carries out. */
export function deletionForm({ kind, key }: Change, { target, driver }: Place): string {
  return driver.form({ action: 'delete', kind, key, values: {}, secrets: {} }, target).map(lineOf).join('; ');
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
