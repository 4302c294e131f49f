export {
  type DevicePatch,
  type ExtensionPatch,
  removeDevice,
  removeExtension,
  setIn,
  upsertDevice,
  upsertExtension,
} from './change.ts';
export { formatFile } from './format.ts';
export { type ClientSeed, renderNewClient, renderWorkspace } from './render.ts';
export { removeSecret, renderSecrets, setSecret } from './secrets.ts';
