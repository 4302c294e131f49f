/** File to write → schemas it is made of. */
export const outputs: Readonly<Record<string, readonly string[]>>;

/** The text of one generated file, formatted. */
export function generate(file: string): Promise<string>;
