export {
  type DevicePatch,
  type ExtensionPatch,
  removeDevice,
  removeExtension,
  setIn,
  upsertDevices,
  upsertExtensions,
} from './change.ts';
export { formatFile } from './format.ts';
export { type ClientSeed, renderNewClient, renderWorkspace } from './render.ts';
export { type NamedSecret, removeSecret, renderSecrets, setSecrets } from './secrets.ts';
