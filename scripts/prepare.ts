/**
 * Brings what is generated up to date: the Prisma client of every domain whose schema changed and, with
 * `--build` (or `--build=standalone,gateway`), the bundle of every process. Quick when nothing changed, so
 * `npm start` and `npm test` begin with it.
 */
import { bundleEntries } from './prepare/bundle.js';
import { generateClients } from './prepare/prisma-clients.js';

const buildFlag = process.argv.find((argument) => /^--build(=|$)/.test(argument));
const wanted = buildFlag?.split('=')[1]?.split(',');

await generateClients();
if (buildFlag) await bundleEntries(wanted);
