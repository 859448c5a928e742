import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';
import { Agent, request } from 'undici';
import { readSubgraphAddress } from '@storegraph/subgraph-server';

const ANSWER_WITHIN_MILLIS = 3_000; // three seconds
const KEEP_MILLIS = 600_000; // ten minutes: keys rotate in days, and an unknown `kid` asks again at once

/**
 * The signing keys as accounts publishes them. A token whose key is not among them is refused; that the keys cannot be
 * had is another matter, and thrown as `JWKSTimeout` whatever the network's own reason is.
 */
export function remoteKeys(accountsUrl: string): JWTVerifyGetKey {
  const { origin, socketPath } = readSubgraphAddress(accountsUrl);
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', origin), {
    timeoutDuration: ANSWER_WITHIN_MILLIS,
    cacheMaxAge: KEEP_MILLIS,
    ...(socketPath && { [customFetch]: fetchThrough(socketPath) }),
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      const isAboutToken =
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys ||
        error instanceof errors.JOSENotSupported;
      if (isAboutToken) throw error;
      throw new errors.JWKSTimeout('the signing keys cannot be had', { cause: error });
    }
  };
}

/** `fetch`, over a socket file. */
function fetchThrough(socketPath: string): FetchImplementation {
  const dispatcher = new Agent({ connect: { socketPath } });
  return async (url, { signal }) => {
    const { statusCode, body } = await request(url, { dispatcher, signal });
    return new Response(await body.text(), { status: statusCode });
  };
}
