/** Every generated file, by its path in the repository, with its text. */
export function generateMessages(): Readonly<Record<string, string>>;
