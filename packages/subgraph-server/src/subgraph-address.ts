/** Where a subgraph listens, in the words of the libraries that go there. */
export type SubgraphAddress = {
  /** Scheme, host and port; a socket file has none, so it is `http://localhost` there. */
  readonly origin: string;
  /** Path and query of the GraphQL endpoint. */
  readonly path: string;
  /** The socket file, when it is one. */
  readonly socketPath?: string;
  /** The endpoint for WebSocket, as the `ws` package reads it. */
  readonly webSocketUrl: string;
};

const UNIX = /^unix:(?<socketPath>\/[^:]+)(?::(?<path>\/.*))?$/;

/**
 * Reads an endpoint: `http://orders:4003/graphql`, or `unix:/run/orders.sock:/graphql` for a socket file.
 *
 * @throws {TypeError} for anything else
 */
export function readSubgraphAddress(endpoint: string): SubgraphAddress {
  const { socketPath, path = '/graphql' } = UNIX.exec(endpoint)?.groups ?? {};
  if (socketPath)
    return { origin: 'http://localhost', path, socketPath, webSocketUrl: `ws+unix://${socketPath}:${path}` };
  const url = new URL(endpoint);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new TypeError(`no endpoint of a subgraph: ${endpoint}`);
  const { origin, pathname, search } = url;
  return {
    origin,
    path: `${pathname}${search}`,
    webSocketUrl: `${origin.replace('http', 'ws')}${pathname}${search}`,
  };
}
