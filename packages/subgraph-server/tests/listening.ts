import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createRemoteLink, listen, type ListeningSubgraph, type SubgraphLink } from '../src/index.js';
import { startTestSubgraph, type TestSubgraph } from '../../testkit/src/index.js';
import type { Config, Deps } from './bookshop-context.js';
import { bookshop } from './bookshop.js';

/** The bookshop on a port of its own, and a link to it as the gateway has one. */
export type ListeningBookshop = AsyncDisposable & {
  readonly shop: TestSubgraph<Deps>;
  readonly server: ListeningSubgraph;
  readonly link: SubgraphLink;
};

export async function listeningBookshop(
  config: Config = {},
  timeoutMillis = 5_000,
): Promise<ListeningBookshop> {
  const shop = await startTestSubgraph(bookshop, { config });
  const server = await listen(shop.subgraph, { host: '127.0.0.1', port: 0, version: '1.2.3' });
  const link = createRemoteLink({ name: 'bookshop', url: `${server.url}/graphql`, timeoutMillis });
  return {
    shop,
    server,
    link,
    async [Symbol.asyncDispose]() {
      await link.close();
      await server.close();
      await shop[Symbol.asyncDispose]();
    },
  };
}

/** A server that is no subgraph. */
export async function strangeServer(
  answer: RequestListener,
): Promise<AsyncDisposable & { url: string; sockets: Set<Socket> }> {
  const server = createServer(answer);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    sockets,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
