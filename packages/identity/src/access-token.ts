import {
  SignJWT,
  errors,
  jwtVerify,
  type CryptoKey,
  type JWTPayload,
  type JWTVerifyGetKey,
  type KeyObject,
} from 'jose';
import { isRole, type Role } from './roles.js';
import type { UserViewer } from './viewer.js';

/** RFC 9068 §2.1: the media type of a JWT access token. */
const TYPE = 'at+jwt';
const ALGORITHM = 'EdDSA';

/** What an access token says about its bearer. */
export type AccessTokenClaims = {
  readonly userId: string;
  readonly role: Role;
  readonly scopes: readonly string[];
  readonly sessionId: string;
  readonly sellerId: string | null;
};

/** The bearer token is forged, expired, or not an access token of this platform. */
export class AccessTokenRefused extends Error {
  override readonly name = 'AccessTokenRefused';

  constructor(
    readonly reason: 'expired' | 'invalid',
    options?: ErrorOptions,
  ) {
    super(reason === 'expired' ? 'the access token has expired' : 'the access token is not valid', options);
  }
}

/** Signs an access token (RFC 9068) with the key whose `kid` the JWKS publishes. */
export function signAccessToken(
  claims: AccessTokenClaims,
  options: { key: CryptoKey | KeyObject; kid: string; issuer: string; audience: string; ttlSeconds: number },
): Promise<string> {
  return new SignJWT({
    role: claims.role,
    scope: claims.scopes.join(' '),
    sid: claims.sessionId,
    seller: claims.sellerId,
  })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: options.kid })
    .setSubject(claims.userId)
    .setIssuer(options.issuer)
    .setAudience(options.audience)
    .setIssuedAt()
    .setExpirationTime(`${options.ttlSeconds}s`)
    .sign(options.key);
}

/** A verified viewer, and when its token stops being valid (epoch milliseconds). */
export type AccessTokenVerifier = (token: string) => Promise<{ viewer: UserViewer; expiresAt: number }>;

/**
 * Verifies access tokens: EdDSA only, `typ` at+jwt, and issuer, audience, expiry and subject present and right (RFC 8725).
 *
 * @param options.keys finds the public key by the token's `kid`; keys named inside the token are never used
 * @throws {AccessTokenRefused} from the returned function, and nothing else for a bad token
 * @throws {errors.JWKSTimeout} when `keys` could not be asked: that says nothing about the token
 */
export function createAccessTokenVerifier(options: {
  keys: JWTVerifyGetKey;
  issuer: string;
  audience: string;
}): AccessTokenVerifier {
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, options.keys, {
        algorithms: [ALGORITHM],
        issuer: options.issuer,
        audience: options.audience,
        typ: TYPE,
        requiredClaims: ['sub', 'exp', 'role', 'sid'],
      });
      return { expiresAt: Number(payload.exp) * 1_000, viewer: readViewer(payload) };
    } catch (error) {
      if (error instanceof AccessTokenRefused) throw error;
      if (error instanceof errors.JWKSTimeout) throw error;
      throw new AccessTokenRefused(error instanceof errors.JWTExpired ? 'expired' : 'invalid', {
        cause: error,
      });
    }
  };
}

/** Claims of another shape than `signAccessToken` writes are refused, not bent into shape. */
function readViewer(payload: JWTPayload): UserViewer {
  const { sub, role, scope, sid, seller } = payload;
  if (typeof sub !== 'string' || sub === '' || typeof sid !== 'string' || !isRole(role))
    throw new AccessTokenRefused('invalid');
  if (typeof scope !== 'string' || !(typeof seller === 'string' || seller === null))
    throw new AccessTokenRefused('invalid');
  return {
    kind: 'user',
    id: sub,
    role,
    scopes: scope.split(' ').filter(Boolean),
    sessionId: sid,
    sellerId: seller,
  };
}
