import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatFile, renderNewClient, renderWorkspace } from '../../../engine/edit/index.ts';
import { load } from '../../../engine/load/index.ts';
import type { ClientDocument, WorkspaceDocument } from '../../../engine/model/input.ts';

const client: ClientDocument = {
  apiVersion: 'alta/v1',
  kind: 'Client',
  client: { id: 'acme', name: 'Acme S.L.' },
  pbx: { main: { platform: 'meetip-sip17', tenant: '301' } },
  extensions: [
    { pbx: 'main', number: '120', name: 'Almacén' },
    { pbx: 'main', number: '110', name: 'Recepción' },
  ],
};

const workspace: WorkspaceDocument = {
  apiVersion: 'alta/v1',
  kind: 'Workspace',
  platforms: { 'meetip-sip17': { driver: 'meetip', url: 'https://sip17.example.net' } },
  state: { backend: 'local', path: 'state' },
  safety: { maxDeletePercent: 30, maxChangePercent: 50 },
};

describe('a new client’s file', () => {
  test('names its schema, explains its blocks and is sorted', () => {
    expect(
      renderNewClient({ document: client, lang: 'es' }),
    ).toBe(`# yaml-language-server: $schema=../../schemas/client.schema.json
apiVersion: alta/v1
kind: Client
client:
  id: acme
  name: Acme S.L.

# Las centralitas del cliente. Las extensiones las citan por el nombre de la izquierda.
pbx:
  main:
    platform: meetip-sip17
    tenant: "301"

# Los números, siempre entre comillas. Lo que no se escribe aquí no se toca.
extensions:
  - pbx: main
    number: "110"
    name: Recepción
  - pbx: main
    number: "120"
    name: Almacén
`);
  });

  test('is already in the form that fmt writes', () => {
    const text = renderNewClient({ document: client, lang: 'en' });
    expect(formatFile('client', text)).toBe(text);
  });
});

describe('a new alta.yaml', () => {
  test('says what it was given', () => {
    expect(parse(renderWorkspace(workspace, 'en'))).toEqual(workspace);
  });

  test('is already in the form that fmt writes', () => {
    const text = renderWorkspace(workspace, 'es');
    expect(formatFile('workspace', text)).toBe(text);
  });

  test('loads together with the client without a diagnostic', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const { diagnostics } = load({
      workspace: { filename: 'alta.yaml', bytes: bytes(renderWorkspace(workspace, 'en')) },
      clients: [
        {
          folder: 'clients/acme',
          files: [
            {
              filename: 'clients/acme/client.yaml',
              bytes: bytes(renderNewClient({ document: client, lang: 'en' })),
            },
          ],
          secrets: null,
        },
      ],
      workspaceSecrets: null,
    });
    expect(diagnostics).toEqual([]);
  });
});
