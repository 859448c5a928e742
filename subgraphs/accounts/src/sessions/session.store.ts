import type { Database } from '@storegraph/accounts-db';
import { isId } from '@storegraph/ids';
import type { Session } from './session.js';

export type { Database } from '@storegraph/accounts-db';

/** People see their own sessions only, and nobody reads further than this. */
const MOST_SHOWN = 100;

/** The sessions of each user that still live, last seen first. */
export async function findLiveSessions(
  db: Database,
  userIds: readonly string[],
  now: Date,
): Promise<Session[]> {
  return db.session.findMany({
    where: {
      userId: { in: userIds.filter((id) => isId('user', id)) },
      revokedAt: null,
      expiresAt: { gt: now },
      endsAt: { gt: now },
    },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: MOST_SHOWN,
  });
}

export async function insertSession(db: Database, session: Session): Promise<void> {
  await db.session.create({ data: session });
}

export async function insertRefreshToken(
  db: Database,
  token: { tokenHash: string; sessionId: string; issuedAt: Date },
): Promise<void> {
  await db.refreshToken.create({ data: token });
}

/** Uses a token up. @returns its session, or `null` when it is unknown or was used before */
export async function useRefreshToken(db: Database, tokenHash: string, now: Date): Promise<string | null> {
  const rows = await db.refreshToken.updateManyAndReturn({
    where: { tokenHash, usedAt: null },
    data: { usedAt: now },
    select: { sessionId: true },
  });
  return rows[0]?.sessionId ?? null;
}

export async function findSessionOfToken(db: Database, tokenHash: string): Promise<string | null> {
  const row = await db.refreshToken.findUnique({ where: { tokenHash }, select: { sessionId: true } });
  return row?.sessionId ?? null;
}

/** Locks a session for the rest of the transaction: what ends it and what refreshes it take turns. */
export async function lockSession(tx: Database, id: string): Promise<Session | null> {
  await tx.$queryRaw`SELECT id FROM sessions WHERE id = ${id} FOR UPDATE`;
  return tx.session.findUnique({ where: { id } });
}

export async function prolongSession(
  db: Database,
  id: string,
  change: Pick<Session, 'lastSeenAt' | 'expiresAt' | 'endsAt' | 'userAgent' | 'ip'>,
): Promise<void> {
  await db.session.update({ where: { id }, data: change });
}

/**
 * Ends sessions of one user: the one named, or all but the one to keep. Locked in order of id, so that two
 * such calls never wait for each other.
 *
 * @returns how many were live and ended
 */
export async function endSessionsOf(
  db: Database,
  { userId, only, except }: { userId: string; only?: string; except?: string },
  now: Date,
): Promise<number> {
  return db.$executeRaw`
    WITH doomed AS (
      SELECT id FROM sessions
      WHERE user_id = ${userId} AND revoked_at IS NULL AND expires_at > ${now}
        AND (${only ?? null}::text IS NULL OR id = ${only ?? null})
        AND id IS DISTINCT FROM ${except ?? null}
      ORDER BY id FOR UPDATE
    )
    UPDATE sessions SET revoked_at = ${now} FROM doomed WHERE sessions.id = doomed.id`;
}

export async function endSession(db: Database, id: string, now: Date): Promise<void> {
  await db.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
}

/** Sessions over since then, with their tokens. */
export async function deleteSessionsOverSince(db: Database, since: Date): Promise<void> {
  await db.session.deleteMany({
    where: { OR: [{ expiresAt: { lt: since } }, { revokedAt: { lt: since } }] },
  });
}
