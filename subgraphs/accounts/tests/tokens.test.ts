import { createPublicKey } from 'node:crypto';
import { AccessTokenRefused } from '@storegraph/identity';
import { createLogger } from '@storegraph/observability';
import { listen } from '@storegraph/subgraph-server';
import { decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeyRing } from '../src/keys/key-ring.action.js';
import { CONFIG, startTown, type Person, type Town } from './people.js';

let town: Town;
let ada: Person;
beforeAll(async () => {
  town = await startTown();
  ada = await town.person();
});
afterAll(() => town[Symbol.asyncDispose]());

describe('a forged access token', () => {
  const claims = (change: JWTPayload = {}): JWTPayload => ({
    sub: ada.viewer.id,
    iss: CONFIG.tokens.issuer,
    aud: CONFIG.tokens.audience,
    role: 'admin',
    sid: ada.viewer.sessionId,
    scope: 'user:write',
    seller: null,
    iat: Math.floor(Date.now() / 1_000),
    exp: Math.floor(Date.now() / 1_000) + 600,
    ...change,
  });
  const genuine = async (change: JWTPayload = {}, header: object = {}) => {
    const { kid, key } = await town.deps.keys.signer();
    return new SignJWT(claims(change))
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header })
      .sign(key);
  };
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

  it('is told from a genuine one, which the same verifier takes', async () => {
    expect(await town.viewerOf(await genuine())).toMatchObject({ id: ada.viewer.id, role: 'admin' });
  });

  const forgeries: Record<string, () => Promise<string>> = {
    'without a signature': async () => `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(claims())}.`,
    'signed with the public key as a shared secret': async () => {
      const [jwk] = (await town.deps.findPublicKeys()).keys;
      const pem = createPublicKey({ key: jwk as never, format: 'jwk' }).export({
        type: 'spki',
        format: 'pem',
      });
      const header = { alg: 'HS256', typ: 'at+jwt', kid: String(jwk?.['kid']) };
      return new SignJWT(claims()).setProtectedHeader(header).sign(new TextEncoder().encode(String(pem)));
    },
    'of a key nobody published': async () => {
      const { privateKey } = await generateKeyPair('EdDSA');
      return new SignJWT(claims())
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'unknown' })
        .sign(privateKey);
    },
    "of another key under a published one's name": async () => {
      const { kid } = await town.deps.keys.signer();
      const { privateKey } = await generateKeyPair('EdDSA');
      return new SignJWT(claims()).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid }).sign(privateKey);
    },
    'that brings its own key': async () => {
      const { privateKey, publicKey } = await generateKeyPair('EdDSA');
      const header = { alg: 'EdDSA', typ: 'at+jwt', jwk: await exportJWK(publicKey) };
      return new SignJWT(claims()).setProtectedHeader(header).sign(privateKey);
    },
    'for somebody else': () => genuine({ aud: 'another-api' }),
    'from somebody else': () => genuine({ iss: 'another-shop' }),
    'of another type': () => genuine({}, { typ: 'JWT' }),
    'that has expired': () => genuine({ exp: Math.floor(Date.now() / 1_000) - 1 }),
    'that never expires': () => genuine({ exp: undefined }),
    'with a role that does not exist': () => genuine({ role: 'owner' }),
    'whose claims were changed': async () => {
      const [header, , signature] = (await genuine()).split('.');
      return `${header}.${encode(claims({ sub: 'user_other' }))}.${signature}`;
    },
    'that is no token': async () => Promise.resolve('not.a.token'),
  };

  it.each(Object.keys(forgeries))('%s is refused', async (name) => {
    const token = await forgeries[name]?.();
    await expect(town.viewerOf(token ?? '')).rejects.toBeInstanceOf(AccessTokenRefused);
  });
});

describe('the signing keys', () => {
  it('are published with their public halves only', async () => {
    const server = await listen(
      { ...town.subgraph, close: () => Promise.resolve() },
      { host: '127.0.0.1', port: 0, version: 'test' },
    );
    const answer = await fetch(`${server.url}/.well-known/jwks.json`);
    const { keys } = (await answer.json()) as { keys: Record<string, string>[] };
    await server.close();
    expect(answer.headers.get('content-type')).toContain('application/jwk-set+json');
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x']]);
  });

  it('lie in the database encrypted', async () => {
    const { rows } = await town.subgraph.pool.query<{ row: string }>(
      'SELECT to_jsonb(k)::text AS row FROM signing_keys k',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toMatch(/"d\\?"/);
  });

  it('follow one another without refusing a token that is still good', async () => {
    let now = new Date();
    const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000));
    await using village = await startTown({ now: () => now });
    const kids = async () => (await village.deps.findPublicKeys()).keys.map(({ kid }) => kid);
    const signedWith = (token: string) => decodeProtectedHeader(token).kid;

    const before = await village.person();
    const first = signedWith(before.tokens.accessToken);
    const second = await village.deps.keys.rotate();
    expect(await kids()).toEqual([first, second]);
    expect(signedWith((await village.person()).tokens.accessToken)).toBe(first);

    later(301);
    const after = await village.person();
    expect(signedWith(after.tokens.accessToken)).toBe(second);
    expect(await village.viewerOf(before.tokens.accessToken)).toMatchObject({ id: before.viewer.id });

    later(CONFIG.tokens.accessTtlSeconds + 121);
    expect(await kids()).toEqual([second]);
    await village.deps.keys.rotateWhenDue();
    const { rows } = await village.subgraph.pool.query<{ kid: string }>('SELECT kid FROM signing_keys');
    expect(rows).toEqual([{ kid: second }]);

    later(CONFIG.signingKeys.rotateAfterDays * 86_400);
    await village.deps.keys.rotateWhenDue();
    await village.deps.keys.rotateWhenDue();
    expect(await kids()).toEqual([second, expect.any(String)]);
  });

  it('are one and the same for processes that start together', async () => {
    const { prisma, now } = town.deps;
    const surroundings = { prisma, config: CONFIG, now, log: createLogger('accounts') };
    const rings = await Promise.all(Array.from({ length: 4 }, () => openKeyRing(surroundings)));
    const kids = await Promise.all(rings.map(async (ring) => (await ring.signer()).kid));
    expect(new Set(kids).size).toBe(1);
  });

  it('open after the secret was changed while the old one is still named, and are replaced once it is not', async () => {
    const { prisma, now } = town.deps;
    const openWith = (...secrets: [string, ...string[]]) =>
      openKeyRing({
        prisma,
        config: { ...CONFIG, signingKeys: { ...CONFIG.signingKeys, secrets } },
        now,
        log: createLogger('accounts'),
      });
    const { kid } = await town.deps.keys.signer();
    const renewed = await openWith('a-new-secret-of-thirty-two-letters', ...CONFIG.signingKeys.secrets);
    expect((await renewed.signer()).kid).toBe(kid);

    const forgetful = await openWith('a-new-secret-of-thirty-two-letters');
    const replaced = await forgetful.signer();
    expect(replaced.kid).not.toBe(kid);
    expect((await forgetful.publicKeys()).keys.map((key) => key.kid)).toEqual([kid, replaced.kid]);
  });
});
