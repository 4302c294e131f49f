/**
 * What a stack starts in place of Alta: hands its arguments to the wrapper at the socket given first, prints what comes back, and ends as
 * Alta did.
 */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { RelayedLine } from './relay.ts';

const [socket = '', ...args] = process.argv.slice(2);
const connection = connect(socket);
connection.on('error', (error) =>
  process.stderr.write(`alta terraform is not there any more: ${error.message}\n`),
);
connection.write(`${JSON.stringify(args)}\n`);
process.exitCode = 1;
for await (const text of createInterface({ input: connection })) {
  const line = JSON.parse(text) as RelayedLine;
  if ('code' in line) process.exitCode = line.code;
  else process[line.stream === 'out' ? 'stdout' : 'stderr'].write(line.text);
}
