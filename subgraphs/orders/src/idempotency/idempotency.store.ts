import { Prisma, type Database } from '@storegraph/orders-db';

type Key = { readonly scope: string; readonly key: string };

/** Takes a free key, waiting for whoever is taking it now; answers what is known of one already used. */
export async function claimKey(
  db: Database,
  claim: Key & { requestHash: string; now: Date; expiresAt: Date },
): Promise<{ requestHash: string; response: unknown } | null> {
  const { scope, key, requestHash, now, expiresAt } = claim;
  const claimed = await db.$executeRaw`
    INSERT INTO idempotency_keys AS kept (scope, key, request_hash, status, created_at, expires_at)
    VALUES (${scope}, ${key}, ${requestHash}, 'STARTED', ${now}, ${expiresAt})
    ON CONFLICT (scope, key) DO UPDATE
      SET request_hash = EXCLUDED.request_hash, status = 'STARTED', response = NULL,
        created_at = EXCLUDED.created_at, expires_at = EXCLUDED.expires_at
      WHERE kept.expires_at <= EXCLUDED.created_at`;
  if (claimed > 0) return null;
  return db.idempotencyKey.findUniqueOrThrow({
    where: { scope_key: { scope, key } },
    select: { requestHash: true, response: true },
  });
}

export async function finishKey(db: Database, answer: Key & { response: unknown }): Promise<void> {
  const { scope, key, response } = answer;
  await db.idempotencyKey.update({
    where: { scope_key: { scope, key } },
    data: { status: 'FINISHED', response: response ?? Prisma.JsonNull },
  });
}

export async function deleteExpiredKeys(db: Database, now: Date): Promise<number> {
  return (await db.idempotencyKey.deleteMany({ where: { expiresAt: { lte: now } } })).count;
}
