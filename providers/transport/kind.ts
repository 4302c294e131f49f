/** The short technical word of a system or library error: `ECONNREFUSED`. Never its message, which may quote data. */
export function kindOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}
