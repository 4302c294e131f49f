export { load, locator } from './load.ts';
export { type ItemSource, originOf, type Sources } from './origin.ts';
export { locate, type Place } from './place.ts';
export { type LoadedProfile, loadProfile } from './profile.ts';
export { MAX_FILE_BYTES } from './text.ts';
export type {
  ClientFiles,
  Loaded,
  LoadedClient,
  LoadInput,
  LoadOptions,
  ParseCache,
  SourceFile,
} from './types.ts';
