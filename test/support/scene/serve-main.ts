/** Serves the drivers of a workspace until SIGTERM: `serve-main.js ROOT LANG`. The first line says where. */
import { serveDrivers } from './serve-drivers.ts';

const [root = '', lang] = process.argv.slice(2);
const { reattach, close } = await serveDrivers(root, lang === 'es' ? 'es' : 'en', process.env);
process.stdout.write(`${JSON.stringify(reattach)}\n`);
process.once('SIGTERM', () => void close().finally(() => process.exit()));
