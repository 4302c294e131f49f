import { basename } from 'node:path/posix';
import type { Finding, LoadedClient } from '../types.ts';
import { type Check, clientOrigin, findingIn } from './context.ts';

/** One of the folder's files has the `client` block. */
export const checkClientBlock: Check = ({ client }) => {
  if (client.data.client !== undefined || !client.complete) return [];
  return [findingIn(client, 'client-missing', { folder: basename(client.folder) }, [], { at: 'key' })];
};

/** Folder name and `client.id` agree, in all folders at once: two clients of one id are one mistake. */
export function checkFolders(clients: readonly LoadedClient[]): readonly Finding[] {
  const owners = new Map(clients.filter(inOwnFolder).map((client) => [client.data.client?.id, client]));
  return clients.flatMap((client) => {
    const id = client.data.client?.id;
    if (id === undefined || inOwnFolder(client)) return [];
    const owner = owners.get(id);
    const path = ['client', 'id'];
    if (owner === undefined) {
      return [findingIn(client, 'client-folder', { id, folder: basename(client.folder) }, path)];
    }
    return [findingIn(client, 'client-twice', { id }, path, { first: clientOrigin(owner, path) })];
  });
}

function inOwnFolder(client: LoadedClient): boolean {
  return client.data.client?.id === basename(client.folder);
}

/** secrets.yaml says whose it is: one copied from another client would not decrypt. */
export const checkSecretsOwner: Check = ({ client }) => {
  const owner = client.secrets?.client;
  const filename = Object.keys(client.files).find((name) => /(^|\/)secrets\.ya?ml$/.test(name));
  if (client.secrets === null || filename === undefined || owner === client.id) return [];
  const params = { owner: owner ?? '-', client: client.id };
  return [
    { severity: 'error', code: 'secrets-owner', params, origin: { filename, path: ['client'] }, at: 'value' },
  ];
};
