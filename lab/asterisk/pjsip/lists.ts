import type { Release } from '../releases.ts';
import { byBytes } from '../text.ts';
import type { PeerView } from '../view.ts';
import { contactHead, contactLine, endpointBlock, endpointHead, endpointLine, rule } from './lines.ts';
import { parameterLines } from './parameters.ts';
import { bindingsOf } from './status.ts';

const NOTHING = 'No objects found.\n\n';

/** `pjsip show endpoints` (W). */
export function endpoints(views: readonly PeerView[], release: Release): string {
  const blocks = views.flatMap((view) => [...endpointBlock(view, release), '']);
  return list(endpointHead, blocks, views.length);
}

/** `pjsip list endpoints` (W). */
export function endpointNames(views: readonly PeerView[]): string {
  return list(endpointHead.slice(0, 1), views.map(endpointLine), views.length);
}

/** `pjsip show contacts`, and `pjsip list contacts`, which says the same (W). */
export function contacts(views: readonly PeerView[], release: Release): string {
  const found = views
    .flatMap((view) => bindingsOf(view).map((binding) => ({ aor: view.peer.name, binding })))
    .sort((one, other) => byBytes(`${one.aor}/${one.binding.uri}`, `${other.aor}/${other.binding.uri}`));
  const rows = found.map(({ aor, binding }) => contactLine(aor, binding, release, 9));
  return list(contactHead, rows, rows.length);
}

/** `pjsip show endpoint` of one that exists (W). */
export function endpoint(view: PeerView, release: Release): string {
  const lines = [...endpointBlock(view, release), '', '', ...parameterLines(view.peer, release), '', ''];
  return ['', ...endpointHead, rule, '', ...lines].join('\n');
}

function list(head: readonly string[], rows: readonly string[], count: number): string {
  if (count === 0) return NOTHING;
  return ['', ...head, rule, '', ...rows, '', `Objects found: ${count}`, '', ''].join('\n');
}
