import type { Routes } from '@storegraph/subgraph-server';
import type { KeyRing } from './key-ring.action.js';

/** `GET /.well-known/jwks.json`: the public keys of access tokens (RFC 7517 §5, §8.5.2), for anyone. */
export function jwksRoutes(keys: KeyRing): Routes {
  return async (app) => {
    app.get('/.well-known/jwks.json', async (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=60')
        .type('application/jwk-set+json')
        .send(JSON.stringify(await keys.publicKeys())),
    );
    return Promise.resolve();
  };
}
