/** Log lines of the server: what failed and where in the code. Never a value of a resource, and so never an error's message. */
export type Log = (
  level: 'error' | 'warn' | 'debug',
  message: string,
  fields?: Readonly<Record<string, string>>,
) => void;

/** Where an error was thrown, without its message. */
export function framesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .join(' | ');
}

/**
 * Terraform's log format: one JSON object for each line, the time in microseconds (with any other number of digits the line is shown as it
 * is, at level debug). TF_LOG_PROVIDER shows the fields too.
 */
export function logLine(
  level: string,
  message: string,
  fields: Readonly<Record<string, string>>,
  at: Date,
): string {
  return `${JSON.stringify({ '@level': level, '@message': message, '@timestamp': at.toISOString().replace('Z', '000Z'), '@module': 'provider', ...fields })}\n`;
}

export const toStandardError: Log = (level, message, fields = {}) => {
  process.stderr.write(logLine(level, message, fields, new Date()));
};

export const silent: Log = () => {};
