import { errors } from 'jose';
import { AccessTokenRefused, ANONYMOUS, type AccessTokenVerifier, type Viewer } from '@storegraph/identity';
import { refusal } from '@storegraph/subgraph-server';

/** Who is asking, and until when that holds (epoch milliseconds; null: for ever). */
export type Identity = { readonly viewer: Viewer; readonly expiresAt: number | null };

/** Finds out who is asking from the value of an `Authorization` header, or of the same-named connection parameter. */
export type Authenticate = (authorization: string | undefined) => Promise<Identity>;

const REMEMBERED_TOKENS = 5_000;
/** A verified token is believed this long: its signature costs more than the rest of a small request. */
const REMEMBER_MILLIS = 5_000; // five seconds, the bound within which a revoked key must stop working
const BEARER = /^Bearer +([\w~+/.-]+=*)$/i; // RFC 6750 §2.1

/**
 * @throws {GraphQLError} from the returned function: `UNAUTHENTICATED` (401) for a token that is not valid,
 *   `SUBGRAPH_UNAVAILABLE` (503) when the keys to check it with cannot be had
 */
export function createAuthenticate(verify: AccessTokenVerifier): Authenticate {
  const remembered = new Map<string, { identity: Identity; until: number }>();

  return async (authorization) => {
    if (authorization === undefined || authorization === '') return { viewer: ANONYMOUS, expiresAt: null };
    const token = BEARER.exec(authorization)?.[1];
    if (!token) throw refused('The Authorization header must be "Bearer <token>".');
    const known = remembered.get(token);
    if (known && known.until > Date.now()) return known.identity;
    const identity = await verifyToken(token, verify);
    if (remembered.size >= REMEMBERED_TOKENS) remembered.delete(remembered.keys().next().value ?? '');
    const until = Math.min(Date.now() + REMEMBER_MILLIS, identity.expiresAt ?? Infinity);
    remembered.delete(token);
    remembered.set(token, { identity, until });
    return identity;
  };
}

async function verifyToken(token: string, verify: AccessTokenVerifier): Promise<Identity> {
  try {
    return await verify(token);
  } catch (error) {
    if (error instanceof AccessTokenRefused)
      throw refused(
        error.reason === 'expired' ? 'Your session has expired.' : 'The access token is not valid.',
      );
    if (error instanceof errors.JWKSTimeout)
      throw refusal('SUBGRAPH_UNAVAILABLE', 'Sign-in cannot be checked for the moment.', {
        http: { status: 503 },
      });
    throw error;
  }
}

function refused(message: string) {
  return refusal('UNAUTHENTICATED', message, { http: { status: 401 } });
}
