import { describe, expect, it } from 'vitest';
import { readSubgraphAddress } from './subgraph-address.js';

describe('the address of a subgraph', () => {
  it('is an endpoint on a host', () => {
    expect(readSubgraphAddress('https://orders:4003/graphql?a=1')).toEqual({
      origin: 'https://orders:4003',
      path: '/graphql?a=1',
      webSocketUrl: 'wss://orders:4003/graphql?a=1',
    });
  });

  it('is a socket file and a path, /graphql when none is named', () => {
    const address = {
      origin: 'http://localhost',
      path: '/graphql',
      socketPath: '/run/orders.sock',
      webSocketUrl: 'ws+unix:///run/orders.sock:/graphql',
    };
    expect(readSubgraphAddress('unix:/run/orders.sock:/graphql')).toEqual(address);
    expect(readSubgraphAddress('unix:/run/orders.sock')).toEqual(address);
  });

  it.each(['', 'orders', 'ftp://orders/graphql', 'unix:orders.sock'])('is never %j', (endpoint) => {
    expect(() => readSubgraphAddress(endpoint)).toThrow(TypeError);
  });
});
