import { createHmac, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createLocalJWKSet, errors, exportJWK, SignJWT, type JWTVerifyGetKey } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { AccessTokenRefused, createAccessTokenVerifier, signAccessToken } from '../src/index.js';

const ISSUER = 'https://shop.example';
const AUDIENCE = 'storegraph';
const CLAIMS = {
  userId: 'user_1',
  role: 'customer',
  scopes: ['order:read', 'user:read'],
  sessionId: 'ses_1',
  sellerId: null,
} as const;

type Json = Record<string, unknown>;

const ours = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');
const now = () => Math.floor(Date.now() / 1_000);
const encode = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');

const header = (given: Json = {}): Json => ({ alg: 'EdDSA', typ: 'at+jwt', kid: 'k1', ...given });
const payload = (given: Json = {}): Json => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'user_1',
  iat: now(),
  exp: now() + 60,
  role: 'customer',
  scope: 'order:read',
  sid: 'ses_1',
  seller: null,
  ...given,
});

/** A token exactly as given, right or wrong. */
function token(head: Json, claims: Json, key: KeyObject = ours.privateKey): string {
  const input = `${encode(head)}.${encode(claims)}`;
  return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`;
}

function hmacToken(head: Json, claims: Json, secret: string | Buffer): string {
  const input = `${encode(head)}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

describe('access tokens', () => {
  let keys: JWTVerifyGetKey;
  let verify: ReturnType<typeof createAccessTokenVerifier>;

  beforeAll(async () => {
    keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(ours.publicKey)), kid: 'k1', alg: 'EdDSA' }] });
    verify = createAccessTokenVerifier({ keys, issuer: ISSUER, audience: AUDIENCE });
  });

  const refusalOf = async (text: string) => {
    const error: unknown = await verify(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AccessTokenRefused);
    return (error as AccessTokenRefused).reason;
  };

  it('name the person, their role, scopes, session and seller', async () => {
    const signed = await signAccessToken(
      { ...CLAIMS, sellerId: 'sel_1' },
      { key: ours.privateKey, kid: 'k1', issuer: ISSUER, audience: AUDIENCE, ttlSeconds: 60 },
    );
    const { viewer, expiresAt } = await verify(signed);
    expect(viewer).toEqual({
      kind: 'user',
      id: 'user_1',
      role: 'customer',
      scopes: ['order:read', 'user:read'],
      sessionId: 'ses_1',
      sellerId: 'sel_1',
    });
    expect(Math.abs(expiresAt - Date.now() - 60_000)).toBeLessThan(2_000);
  });

  it('signed by hand as by us are believed: the forgeries below differ in one thing each', async () => {
    expect((await verify(token(header(), payload()))).viewer.scopes).toEqual(['order:read']);
  });

  const publicPem = createPublicKey(ours.privateKey).export({ type: 'spki', format: 'pem' });
  const publicRaw = ours.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const theirJwk = theirs.publicKey.export({ format: 'jwk' });

  it.each<[string, () => string]>([
    ['without a signature (alg none)', () => `${encode(header({ alg: 'none' }))}.${encode(payload())}.`],
    ['alg none, its signature kept', () => token(header({ alg: 'none' }), payload())],
    [
      'HS256, signed with our public key (PEM)',
      () => hmacToken(header({ alg: 'HS256' }), payload(), publicPem),
    ],
    [
      'HS256, signed with our public key (raw)',
      () => hmacToken(header({ alg: 'HS256' }), payload(), publicRaw),
    ],
    ['an unknown kid', () => token(header({ kid: 'k2' }), payload())],
    ['somebody else’s key under our kid', () => token(header(), payload(), theirs.privateKey)],
    ['a key of its own (jwk)', () => token(header({ jwk: theirJwk }), payload(), theirs.privateKey)],
    [
      'a key of its own by address (jku)',
      () => token(header({ jku: 'https://evil.example/jwks.json' }), payload(), theirs.privateKey),
    ],
    ['a certificate of its own (x5c)', () => token(header({ x5c: ['MII'] }), payload(), theirs.privateKey)],
    ['an extension we do not know (crit)', () => token(header({ crit: ['x'], x: 1 }), payload())],
    ['another type', () => token(header({ typ: 'JWT' }), payload())],
    ['no type', () => token(header({ typ: undefined }), payload())],
    ['a service proof’s type', () => token(header({ typ: 'storegraph-proof+jwt' }), payload())],
    ['another audience', () => token(header(), payload({ aud: 'other' }))],
    ['no audience', () => token(header(), payload({ aud: undefined }))],
    ['another issuer', () => token(header(), payload({ iss: 'https://evil.example' }))],
    ['no issuer', () => token(header(), payload({ iss: undefined }))],
    ['a later beginning', () => token(header(), payload({ nbf: now() + 60 }))],
    ['no expiry', () => token(header(), payload({ exp: undefined }))],
    ['an expiry that is no number', () => token(header(), payload({ exp: 'never' }))],
    ['no subject', () => token(header(), payload({ sub: undefined }))],
    ['an empty subject', () => token(header(), payload({ sub: '' }))],
    ['a subject that is no text', () => token(header(), payload({ sub: { id: 'user_1' } }))],
    ['no session', () => token(header(), payload({ sid: undefined }))],
    ['a session that is no text', () => token(header(), payload({ sid: { id: 1 } }))],
    ['no role', () => token(header(), payload({ role: undefined }))],
    ['a role nobody has', () => token(header(), payload({ role: 'root' }))],
    ['a role from the prototype', () => token(header(), payload({ role: 'constructor' }))],
    ['scopes that are no text', () => token(header(), payload({ scope: ['user:write'] }))],
    ['a seller that is no text', () => token(header(), payload({ seller: { id: 'sel_1' } }))],
    ['no header to read', () => `e30.${encode(payload())}.AAAA`],
    ['claims that are no JSON', () => `${encode(header())}.${'a'.repeat(20)}.AAAA`],
    ['nothing of a token', () => 'not a token'],
    ['no text at all', () => ''],
    ['dots alone', () => '..'],
    ['five parts', () => 'a.b.c.d.e'],
  ])('with %s are not valid', async (_what, forge) => {
    expect(await refusalOf(forge())).toBe('invalid');
  });

  it('changed after they were signed are not valid', async () => {
    const [head = '', , signature = ''] = token(header(), payload()).split('.');
    expect(await refusalOf(`${head}.${encode(payload({ role: 'admin' }))}.${signature}`)).toBe('invalid');
  });

  it('are refused as expired once they are, and only when they were ours', async () => {
    expect(await refusalOf(token(header(), payload({ exp: now() - 1 })))).toBe('expired');
    expect(await refusalOf(token(header(), payload({ exp: now() - 1 }), theirs.privateKey))).toBe('invalid');
  });

  it('cannot be checked while the keys cannot be had, which is not the token’s fault', async () => {
    const away = createAccessTokenVerifier({
      keys: () => Promise.reject(new errors.JWKSTimeout()),
      issuer: ISSUER,
      audience: AUDIENCE,
    });
    await expect(away(token(header(), payload()))).rejects.toBeInstanceOf(errors.JWKSTimeout);
  });

  it('signed with the next key are believed from the moment it is published', async () => {
    const next = generateKeyPairSync('ed25519');
    const rotated = createAccessTokenVerifier({
      keys: createLocalJWKSet({
        keys: [
          { ...(await exportJWK(next.publicKey)), kid: 'k2' },
          { ...(await exportJWK(ours.publicKey)), kid: 'k1' },
        ],
      }),
      issuer: ISSUER,
      audience: AUDIENCE,
    });
    const fresh = await new SignJWT(payload())
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'k2' })
      .sign(next.privateKey);
    expect((await rotated(fresh)).viewer.id).toBe('user_1');
    expect((await rotated(token(header(), payload()))).viewer.id).toBe('user_1');
  });
});
