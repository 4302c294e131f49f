/** What a plan cannot do without: the requests that read every box, and JSON.parse of each answer. Nothing is compared or kept. */
import { createHash } from 'node:crypto';
import { request } from 'node:https';
import pLimit from 'p-limit';
import type { FleetBox } from '../fleet/workspace.ts';

const boxes = JSON.parse(process.argv[2] ?? '') as readonly FleetBox[];
/** Boxes at once: as many as the command's own default. */
const limit = pLimit(10);

function ask(box: FleetBox, path: string, body: object | null): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const url = `${box.url}/api/v2.0.0/${path}`;
    const sent = request(url, { method: 'POST', headers, rejectUnauthorized: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    });
    sent.on('error', reject);
    sent.end(body === null ? '' : JSON.stringify(body));
  });
}

async function readBox(box: FleetBox): Promise<void> {
  const password = createHash('md5').update(box.password).digest('hex');
  const { token } = await ask(box, 'login', { username: box.username, password });
  await ask(box, `deviceinfo/query?token=${token}`, null);
  await ask(box, `extension/list?token=${token}`, null);
  const { status } = await ask(box, `extension/query?token=${token}`, { number: 'all' });
  if (status !== 'Success') throw new Error('the box refused');
  await ask(box, `logout?token=${token}`, null);
}

await Promise.all(boxes.map((box) => limit(() => readBox(box))));
