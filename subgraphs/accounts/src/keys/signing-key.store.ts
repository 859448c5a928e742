import type { JWK } from 'jose';
import type { Database } from '@storegraph/accounts-db';
import type { SigningKey } from './signing-key.js';

export type { Database, PrismaClient } from '@storegraph/accounts-db';

/** A key as it lies in the database: its private half encrypted. */
export type StoredSigningKey = SigningKey & { readonly privateKey: string };

/** Any number, the same for all processes of the domain. */
const ROTATION_LOCK = 4_001_001;

/** One process at a time makes keys; held until the transaction ends. */
export async function lockRotation(tx: Database): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ROTATION_LOCK}::bigint)`;
}

export async function findSigningKeys(db: Database): Promise<StoredSigningKey[]> {
  const rows = await db.signingKey.findMany({ orderBy: { signsFrom: 'asc' } });
  return rows.map((row) => ({ ...row, publicKey: row.publicKey as JWK }));
}

export async function insertSigningKey(db: Database, key: StoredSigningKey): Promise<void> {
  await db.signingKey.create({ data: { ...key, publicKey: key.publicKey } });
}

export async function deleteSigningKeys(db: Database, kids: readonly string[]): Promise<void> {
  await db.signingKey.deleteMany({ where: { kid: { in: [...kids] } } });
}
