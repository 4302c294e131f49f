import type { Release } from '../releases.ts';
import { padded } from '../text.ts';
import { after, before, type Line, type Scene } from './sheet.ts';

/** `sip show peer` of one that is known (W). */
export function peerSheet(scene: Scene, { missingLabels }: Release): string {
  const shown = (lines: readonly Line[]): string[] =>
    lines.flatMap(([label, value]) => {
      const text = typeof value === 'string' ? value : value(scene);
      return text === undefined || missingLabels.includes(label) ? [] : [`  ${padded(label, 13)}: ${text}`];
    });
  return ['', '', ...shown(before), ...variables(scene), ...shown(after), '', ''].join('\n');
}

function variables({ view }: Scene): string[] {
  const entries = Object.entries(view.peer.variables ?? {});
  if (entries.length === 0) return [];
  return ['  Variables    :', ...entries.map(([name, value]) => `${' '.repeat(17)}${name} = ${value}`)];
}
