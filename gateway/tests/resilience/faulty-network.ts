import { createRemoteLink } from '@storegraph/subgraph-server';
import type { GatewayConfig } from '../../src/config.js';
import { inlineGraph } from '../inline-graph.js';
import { startTestGateway, type TestGateway } from '../test-gateway.js';
import { faultyProxyTo, type FaultyProxy } from './faulty-proxy.js';
import { serveSubgraph } from './served-subgraph.js';

/** A gateway whose two subgraphs are behind a network that can fail. */
export type FaultyNetwork = AsyncDisposable & {
  readonly gateway: TestGateway;
  readonly catalog: FaultyProxy;
  readonly reviews: FaultyProxy;
};

export async function openFaultyNetwork(config: Partial<GatewayConfig> = {}): Promise<FaultyNetwork> {
  const graph = inlineGraph();
  const opened: AsyncDisposable[] = [];
  const reach = async (index: number) => {
    const link = graph.links[index];
    if (!link) throw new RangeError(`there is no subgraph ${index}`);
    const served = await serveSubgraph(link);
    const proxy = await faultyProxyTo(served.port);
    const remote = createRemoteLink({ name: link.name, url: proxy.url, timeoutMillis: 15_000 });
    opened.push(served, proxy, { [Symbol.asyncDispose]: () => remote.close() });
    return { proxy, remote };
  };
  const [catalog, reviews] = [await reach(0), await reach(1)];
  const gateway = await startTestGateway({ graph, config, links: [catalog.remote, reviews.remote] });
  return {
    gateway,
    catalog: catalog.proxy,
    reviews: reviews.proxy,
    async [Symbol.asyncDispose]() {
      await gateway.close();
      for (const one of opened.reverse()) await one[Symbol.asyncDispose]();
    },
  };
}
