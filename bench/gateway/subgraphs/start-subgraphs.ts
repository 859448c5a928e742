import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Surroundings } from '../contestants/contestant.js';
import { SUBGRAPH_NAMES, type SubgraphName } from '../graph/subgraphs.js';
import type { FromSubgraphProcess } from './subgraph-process.js';

export type RunningSubgraphs = { readonly urls: Surroundings['urls']; stop(): void };

/** @param folder where the sockets go */
export async function startSubgraphs(folder: string): Promise<RunningSubgraphs> {
  const child = fork(join(import.meta.dirname, 'subgraph-process.ts'), [folder], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const where = await new Promise<FromSubgraphProcess>((resolve, reject) => {
    child.once('message', (message: FromSubgraphProcess) => resolve(message));
    child.once('exit', (code) => reject(new Error(`the subgraphs' process ended with ${code}`)));
  });
  const urls = (urlOf: (place: FromSubgraphProcess[SubgraphName]) => string) =>
    Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, urlOf(where[name])])) as Record<
      SubgraphName,
      string
    >;
  return {
    urls: {
      http: urls(({ port }) => `http://127.0.0.1:${port}/graphql`),
      unix: urls(({ socket }) => `unix:${socket}:/graphql`),
    },
    stop: () => child.kill(),
  };
}
