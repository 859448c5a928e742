/** What a product list costs that was kept, beside Fastify sending the same bytes: `npm run bench:cached-list`. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { FromSameBytes } from './cached-list/same-bytes-process.js';
import { openHttpClient, type HttpClient } from './load/http-client.js';
import { cpuMillisOf } from './measure/cpu-time.js';
import { list } from './operations/list.js';
import type { Input } from './operations/operation.js';
import { openShop } from './shop/open-shop.js';

const PRODUCTS = 300;
const CONNECTIONS = 16;
const WARM_UP_REQUESTS = 2_000;
const REQUESTS = 6_000;
const ROUNDS = 3;

type Server = { readonly name: string; readonly url: string; readonly pid: number };

// An argument names the folder for a CPU profile of the gateway.
const profile = process.argv[2] ?? null;
const opened = await openShop({ products: PRODUCTS, data: null, profile, answerCache: 'memory' });
const { shop } = opened;
const client = openHttpClient(CONNECTIONS);
const [input] = await list.prepare({ url: shop.url, client }, REQUESTS);
if (!input) throw new Error('the shop has no full page of products');
const floor = fork(join(import.meta.dirname, 'cached-list/same-bytes-process.ts'), {
  env: { ...process.env, NODE_ENV: 'production' },
});
const listening = new Promise<FromSameBytes>((resolve) => floor.once('message', resolve));
floor.send(input.answer);
const { port } = await listening;
const servers: Server[] = [
  { name: 'kept by the gateway', url: shop.url, pid: shop.pid },
  { name: 'same bytes', url: `http://127.0.0.1:${port}`, pid: floor.pid ?? 0 },
];
console.log(`${Buffer.byteLength(input.answer)} bytes, CPU ms per request, ${CONNECTIONS} connections`);
for (let round = 0; round < ROUNDS; round += 1) {
  const costs: number[] = [];
  for (const server of servers) {
    await askFor(WARM_UP_REQUESTS, server, input);
    costs.push(await cpuOf(server, () => askFor(REQUESTS, server, input)));
  }
  const [kept = 0, same = 0] = costs.map((millis) => millis / REQUESTS);
  console.log(
    `gateway ${kept.toFixed(3)}, Fastify ${same.toFixed(3)}: ${(kept / same).toFixed(1)} times as much`,
  );
}
floor.kill();
await client.close();
await opened.close();

async function askFor(requests: number, { url }: Server, { request, answer }: Input): Promise<void> {
  let left = requests;
  const one = async (connection: HttpClient) => {
    while (left > 0) {
      left -= 1;
      const text = await connection.postJson(`${url}/graphql`, request);
      if (text !== answer) throw new Error(`another answer than before: ${text.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, () => one(client)));
}

async function cpuOf({ pid }: Server, work: () => Promise<void>): Promise<number> {
  const before = cpuMillisOf(pid) ?? 0;
  await work();
  return (cpuMillisOf(pid) ?? 0) - before;
}
