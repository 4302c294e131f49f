import type { ClientDocument, WorkspaceDocument } from '../model/input.ts';
import { openDocument } from './document.ts';
import { formatDocument } from './format.ts';
import { setValue } from './nodes.ts';

/** What a new client's file says beside the data. */
export interface ClientSeed {
  readonly document: ClientDocument;
  /** Language of the comments. */
  readonly lang: 'en' | 'es';
}

const comments = {
  client: {
    en: {
      pbx: 'The client’s PBXs. Extensions refer to them by the name on the left.',
      extensions: 'Numbers always in quotes. What is not written here is not touched.',
      devices: 'Phones and softphones. An account takes the name and the secret of its extension.',
      checks: 'What `alta verify` proves beside the registrations.',
    },
    es: {
      pbx: 'Las centralitas del cliente. Las extensiones las citan por el nombre de la izquierda.',
      extensions: 'Los números, siempre entre comillas. Lo que no se escribe aquí no se toca.',
      devices: 'Teléfonos y softphones. Cada cuenta toma el nombre y el secreto de su extensión.',
      checks: 'Lo que `alta verify` prueba además de los registros.',
    },
  },
  workspace: {
    en: {
      platforms: 'PBX servers shared by several clients.',
      state: 'Where Alta remembers what is ours. `local` is one machine; `git` is for teams.',
      secrets: 'Public keys of those who can read secrets. `connect`: logins. `values`: SIP, portal and PIN.',
      safety: 'Limits that stop a plan before a catastrophe.',
    },
    es: {
      platforms: 'Centralitas compartidas por varios clientes.',
      state:
        'Dónde recuerda Alta lo que es nuestro. `local` es un solo equipo; `git` es para equipos de trabajo.',
      secrets:
        'Claves públicas de quienes leen los secretos. `connect`: accesos. `values`: SIP, portal y PIN.',
      safety: 'Límites que detienen un plan antes de una catástrofe.',
    },
  },
} as const;

/** A client's first file, commented, in canonical form. */
export function renderNewClient({ document, lang }: ClientSeed): string {
  const head = '# yaml-language-server: $schema=../../schemas/client.schema.json\n';
  return commented('client', head, document, comments.client[lang]);
}

/** alta.yaml, commented, in canonical form. */
export function renderWorkspace(document: WorkspaceDocument, lang: 'en' | 'es'): string {
  const head = '# yaml-language-server: $schema=schemas/workspace.schema.json\n';
  return commented('workspace', head, document, comments.workspace[lang]);
}

function commented(
  kind: 'client' | 'workspace',
  head: string,
  document: object,
  notes: Readonly<Record<string, string>>,
): string {
  const empty = openDocument('');
  for (const [key, value] of Object.entries(document)) setValue(empty, kind, [key], value);
  const lines = formatDocument(kind, empty).split('\n');
  return head + lines.flatMap((line) => [...note(line, notes), line]).join('\n');
}

/** A blank line and a comment above the top-level blocks that have one. */
function note(line: string, notes: Readonly<Record<string, string>>): string[] {
  const key = /^([a-z]+):/.exec(line)?.[1];
  if (key === undefined || !Object.hasOwn(notes, key)) return [];
  return ['', `# ${notes[key]}`];
}
