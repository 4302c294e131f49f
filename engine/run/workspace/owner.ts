import type { Loaded, LoadedClient } from '../../load/index.ts';
import { type Diagnostic, errorDiagnostic, warningDiagnostic } from '../../model/index.ts';
import type { OpenOptions } from './workspace.ts';

type Asked = Pick<OpenOptions, 'engine' | 'clients'>;

/** Somebody else applies them. */
export function ofOtherEngine({ clients }: Loaded, { engine = 'alta' }: Asked): readonly LoadedClient[] {
  if (engine === 'either') return [];
  return clients.filter(({ data }) => (data.engine ?? 'alta') !== engine);
}

/** Those that nobody asked for are passed over; where that leaves nobody, it is said. */
export function otherEngineProblems(loaded: Loaded, options: Asked): readonly Diagnostic[] {
  const others = ofOtherEngine(loaded, options);
  const nobody = others.length > 0 && others.length === loaded.clients.length && options.clients.length === 0;
  if (nobody && options.engine !== 'terraform') return [warningDiagnostic('engine-all-terraform')];
  const code = options.engine === 'terraform' ? 'engine-alta' : 'engine-terraform';
  return others
    .filter(({ id }) => options.clients.includes(id))
    .map(({ id }) => errorDiagnostic(code, { client: id }, { address: id }));
}
