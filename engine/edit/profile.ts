import profileSchema from '../../schemas/profile.schema.json' with { type: 'json' };
import { openDocument, printDocument } from './document.ts';
import { type Path, removeIn, root, setNode } from './nodes.ts';
import type { SchemaPlace } from './schema.ts';

/** Sets the value at a path of a profile; `undefined` removes it. */
export interface ProfileEdit {
  readonly path: Path;
  readonly value: unknown;
}

const place: SchemaPlace = { root: profileSchema, node: profileSchema };

/**
 * A profile's text with some of its settings changed. Comments, order and style of everything else stay.
 * @throws AltaError `file-not-editable`
 */
export function editProfile(text: string, edits: readonly ProfileEdit[]): string {
  const document = openDocument(text);
  const map = root(document);
  for (const { path, value } of edits) {
    if (value === undefined) removeIn(document, path);
    else setNode(document, map, place, path, value);
  }
  return printDocument(document);
}

/**
 * A profile's text without the marks at some places (`fields.name`, `tenant.scopes.0`), and with what the server looked like.
 * @param keys key of an object → its types; nothing keeps what the profile says
 * @throws AltaError `file-not-editable`
 */
export function clearMarks(
  text: string,
  places: readonly string[],
  keys: Readonly<Record<string, string>> = {},
): string {
  const cleared = places.map(
    (one): ProfileEdit => ({ path: [...one.split('.'), 'verify'], value: undefined }),
  );
  const looks = Object.keys(keys).length === 0 ? [] : [{ path: ['guard', 'keys'], value: keys }];
  return editProfile(text, [...cleared, ...looks]);
}
