import { createHash, randomBytes } from 'node:crypto';
import { isStaff, type Role } from '@storegraph/identity';

/** One sign-in on one device: the family of all refresh tokens that follow from it. */
export type Session = {
  readonly id: string;
  readonly userId: string;
  readonly userAgent: string | null;
  readonly ip: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** When it ends unless it is refreshed before. */
  readonly expiresAt: Date;
  /** When it ends however often it is refreshed. */
  readonly endsAt: Date;
  readonly revokedAt: Date | null;
};

/** What a sign-in or a refresh hands to the person: shown once, kept nowhere. */
export type Tokens = {
  readonly accessToken: string;
  readonly accessExpiresAt: Date;
  readonly refreshToken: string;
};

export type SessionLimits = {
  readonly idleSeconds: number;
  readonly longestSeconds: number;
  readonly staffSeconds: number;
};

/** When a session refreshed now ends by itself. Staff sign in every day: their sessions do not slide further. */
export function expiryOf(
  session: { role: Role; createdAt: Date },
  limits: SessionLimits,
  now: Date,
): { expiresAt: Date; endsAt: Date } {
  const longestSeconds = isStaff(session.role) ? limits.staffSeconds : limits.longestSeconds;
  const endsAt = after(session.createdAt, longestSeconds);
  const idleAt = after(now, Math.min(limits.idleSeconds, longestSeconds));
  return { endsAt, expiresAt: idleAt < endsAt ? idleAt : endsAt };
}

export function isLive(session: Pick<Session, 'expiresAt' | 'endsAt' | 'revokedAt'>, now: Date): boolean {
  return session.revokedAt === null && session.expiresAt > now && session.endsAt > now;
}

/** 256 random bits: opaque, so that nothing about it can be forged or read. */
export function newRefreshToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A random token of full strength needs no salt and no slow hash: it cannot be guessed from its digest. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function after(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1_000);
}
