import type { JWK } from 'jose';

/** A key that access tokens are, were or will be signed with. */
export type SigningKey = {
  readonly kid: string;
  readonly publicKey: JWK;
  readonly createdAt: Date;
  /** Published since its creation, it signs from here on, until a later key does. */
  readonly signsFrom: Date;
};

/**
 * How long a new key is published before it signs: longer than any verifier and any process of this domain
 * remembers the key set.
 */
export const PUBLISHED_AHEAD_SECONDS = 300; // five minutes

/** Clocks of verifiers may be behind; a key stays published so much longer than its last token lives. */
const LEEWAY_SECONDS = 120;

/** The key that signs at this moment: the latest whose time has come. */
export function keyThatSigns<Key extends SigningKey>(keys: readonly Key[], now: Date): Key | null {
  return bySigningTime(keys).findLast((key) => key.signsFrom <= now) ?? null;
}

/** The keys a verifier needs: those to come, the one that signs, and those whose tokens have not all expired. */
export function publishedKeys<Key extends SigningKey>(
  keys: readonly Key[],
  { now, tokenTtlSeconds }: { now: Date; tokenTtlSeconds: number },
): Key[] {
  const ordered = bySigningTime(keys);
  return ordered.filter((_, index) => {
    const successor = ordered[index + 1];
    if (!successor) return true;
    return successor.signsFrom.getTime() + (tokenTtlSeconds + LEEWAY_SECONDS) * 1_000 > now.getTime();
  });
}

/** Whether the newest key has signed long enough to be followed by another. */
export function isRotationDue(keys: readonly SigningKey[], now: Date, rotateAfterDays: number): boolean {
  const newest = bySigningTime(keys).at(-1);
  return !newest || now.getTime() - newest.signsFrom.getTime() >= rotateAfterDays * 86_400_000;
}

function bySigningTime<Key extends SigningKey>(keys: readonly Key[]): Key[] {
  return [...keys].sort((a, b) => a.signsFrom.getTime() - b.signsFrom.getTime());
}
