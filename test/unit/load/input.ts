import type { LoadInput, SourceFile } from '../../../engine/load/index.ts';

export function file(filename: string, text: string | Uint8Array): SourceFile {
  return { filename, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text };
}

export const workspaceText = `apiVersion: alta/v1
kind: Workspace
platforms:
  meetip-sip17: { driver: meetip, url: https://sip17.example.net }
`;

/** A workspace with one client whose only file, after the `client` block, is `body`. */
export function oneClient(body: string | Uint8Array, secrets: string | null = null): LoadInput {
  const head = 'apiVersion: alta/v1\nkind: Client\nclient: { id: acme, name: Acme S.L. }\n';
  const content = typeof body === 'string' ? head + body : body;
  return {
    workspace: file('alta.yaml', workspaceText),
    workspaceSecrets: null,
    clients: [
      {
        folder: 'clients/acme',
        files: [file('clients/acme/client.yaml', content)],
        secrets: secrets === null ? null : file('clients/acme/secrets.yaml', secrets),
      },
    ],
  };
}

export const pbxText = 'pbx:\n  main: { platform: meetip-sip17, tenant: "301" }\n';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
