import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
} from 'jose';
import type { Logger } from '@storegraph/observability';
import type { AccountsConfig } from '../config.js';
import { decrypt, encrypt } from './key-encryption.js';
import { isRotationDue, keyThatSigns, PUBLISHED_AHEAD_SECONDS, publishedKeys } from './signing-key.js';
import {
  deleteSigningKeys,
  findSigningKeys,
  insertSigningKey,
  lockRotation,
  type Database,
  type PrismaClient,
  type StoredSigningKey,
} from './signing-key.store.js';

const ALGORITHM = 'EdDSA';

/** How long the keys are remembered; well below the time a new key is published ahead. */
const REMEMBERED_MILLIS = 60_000; // one minute

type Surroundings = {
  readonly prisma: PrismaClient;
  readonly config: Pick<AccountsConfig, 'tokens' | 'signingKeys'>;
  readonly now: () => Date;
  readonly log: Logger;
};

/** A private key, and the `kid` under which verifiers find its public half. */
export type Signer = { readonly kid: string; readonly key: CryptoKey };

/** The keys of access tokens, shared by every process of the domain through its database. */
export type KeyRing = {
  /** The key to sign with now. */
  signer(): Promise<Signer>;
  /** The public halves of all keys whose tokens may be met (RFC 7517 §5). */
  publicKeys(): Promise<JSONWebKeySet>;
  /** Makes the next key: published at once, signing after five minutes. @returns its `kid` */
  rotate(): Promise<string>;
  /** `rotate` when the newest key is old enough, and forgets keys nobody needs any more. */
  rotateWhenDue(): Promise<void>;
};

/**
 * Opens the key ring. The first process ever makes the first key; so does one whose secret no longer opens the
 * key in use, which then stays published until its tokens have expired.
 */
export async function openKeyRing(surroundings: Surroundings): Promise<KeyRing> {
  const { prisma, config, now } = surroundings;
  const opened = new Map<string, CryptoKey>();
  let remembered: { keys: StoredSigningKey[]; at: number } | null = null;

  const read = async (): Promise<StoredSigningKey[]> => {
    if (remembered && now().getTime() - remembered.at < REMEMBERED_MILLIS) return remembered.keys;
    try {
      remembered = { keys: await findSigningKeys(prisma), at: now().getTime() };
    } catch (error) {
      if (!remembered) throw error;
      // Verifiers need the keys most when everything else is down.
      surroundings.log.warn({ err: error }, 'signing keys could not be read again; using those remembered');
    }
    return remembered.keys;
  };

  const change = async <Result>(
    work: (tx: Database, keys: StoredSigningKey[]) => Promise<Result>,
  ): Promise<Result> => {
    const result = await prisma.$transaction(async (tx) => {
      await lockRotation(tx);
      return work(tx, await findSigningKeys(tx));
    });
    remembered = null;
    return result;
  };

  await change((tx, keys) => ensureUsableKey(tx, keys, surroundings));

  return {
    async signer() {
      const stored = keyThatSigns(await read(), now());
      if (!stored) throw new Error('no key signs yet');
      const key = opened.get(stored.kid) ?? (await openKey(stored, config.signingKeys.secrets));
      opened.set(stored.kid, key);
      return { kid: stored.kid, key };
    },

    async publicKeys() {
      const published = publishedKeys(await read(), {
        now: now(),
        tokenTtlSeconds: config.tokens.accessTtlSeconds,
      });
      return { keys: published.map(({ publicKey }) => publicKey) };
    },

    rotate: () => change((tx) => makeKey(tx, surroundings, PUBLISHED_AHEAD_SECONDS)),

    async rotateWhenDue() {
      await change(async (tx, keys) => {
        const needed = publishedKeys(keys, { now: now(), tokenTtlSeconds: config.tokens.accessTtlSeconds });
        await deleteSigningKeys(
          tx,
          keys.filter((key) => !needed.includes(key)).map((key) => key.kid),
        );
        if (isRotationDue(keys, now(), config.signingKeys.rotateAfterDays))
          await makeKey(tx, surroundings, PUBLISHED_AHEAD_SECONDS);
      });
    },
  };
}

async function ensureUsableKey(
  tx: Database,
  keys: StoredSigningKey[],
  surroundings: Surroundings,
): Promise<void> {
  const { secrets } = surroundings.config.signingKeys;
  const current = keyThatSigns(keys, surroundings.now());
  const ahead = keys.filter((key) => key.signsFrom > surroundings.now());
  const closed = [...(current ? [current] : []), ...ahead].filter((key) => !privateJwk(key, secrets));
  if (current && closed.length === 0) return;

  if (closed.length > 0)
    surroundings.log.warn('signing keys do not open with the configured secret; making a new one');
  // Keys to come have signed nothing yet, so nobody misses them.
  await deleteSigningKeys(
    tx,
    ahead.map((key) => key.kid),
  );
  await makeKey(tx, surroundings, 0);
}

async function makeKey(
  tx: Database,
  surroundings: Surroundings,
  publishedAheadSeconds: number,
): Promise<string> {
  const { config, now } = surroundings;
  const pair = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const createdAt = now();
  await insertSigningKey(tx, {
    kid,
    publicKey: { ...publicJwk, kid, alg: ALGORITHM, use: 'sig' },
    privateKey: encrypt(JSON.stringify(await exportJWK(pair.privateKey)), config.signingKeys.secrets[0], kid),
    createdAt,
    signsFrom: new Date(createdAt.getTime() + publishedAheadSeconds * 1_000),
  });
  return kid;
}

async function openKey(stored: StoredSigningKey, secrets: readonly string[]): Promise<CryptoKey> {
  const jwk = privateJwk(stored, secrets);
  if (!jwk) throw new Error(`the signing key ${stored.kid} does not open with the configured secret`);
  return (await importJWK(jwk, ALGORITHM)) as CryptoKey;
}

function privateJwk(stored: StoredSigningKey, secrets: readonly string[]): JWK | null {
  const text = decrypt(stored.privateKey, secrets, stored.kid);
  return text === null ? null : (JSON.parse(text) as JWK);
}
