/**
 * The lab in a process of its own: one box for each client of the shape, with what its YAML declares. Says where the boxes are, then
 * answers `count` with the requests since the last `count`, until its parent goes.
 */
import { type Lab, type LabYeastar, startLab } from '../../lab/index.ts';
import { clientNames, linesOf, type Shape } from '../fleet/shape.ts';

const shape = JSON.parse(process.argv[2] ?? '') as Shape;

function boxOf(client: string): LabYeastar {
  const seed = linesOf(client, shape).map((line) => ({
    number: line.number,
    username: line.name,
    registername: line.number,
    registerpassword: line.sip,
    email: line.email,
    callerid: line.callerId,
    maxregistrations: String(line.registrations),
    nat: 'yes',
  }));
  return { name: client, edition: 'v2.0.0', seed };
}

function countRequests(lab: Lab): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name } of lab.boxes) {
    const box = lab.box(name);
    for (const [path, count] of Object.entries(box.requests().counts))
      counts[path] = (counts[path] ?? 0) + count;
    box.resetRequests();
  }
  return counts;
}

const lab = await startLab({ boxes: clientNames(shape).map(boxOf) });
const boxes = lab.boxes.map(({ name, url, pins, credentials }) => {
  return [name, { driver: 'yeastar', url, pin: pins.spki, ...credentials }] as const;
});
process.send?.({ boxes: Object.fromEntries(boxes) });
process.on('message', () => process.send?.({ counts: countRequests(lab) }));
process.on('disconnect', () => process.exit(0));
