/** Takes the lease of a client and keeps it. */
import { setInterval } from 'node:timers';
import { asker, client, openStore } from './store.ts';

await openStore(process.argv[2] ?? '').lease(`client-${client}`, asker);
process.send?.('held');
setInterval(() => {}, 60_000);
