import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token allows: to send one file, or to read one that is not public. */
type Grant = { readonly to: 'send' | 'read'; readonly id: string };

export type TokenCheck = 'valid' | 'expired' | 'forged';

/**
 * A token that allows one thing until a moment: `<epoch seconds>.<HMAC-SHA256, base64url>` (RFC 2104).
 *
 * @param keys the current key first; only that one signs
 */
export function signToken(keys: readonly [string, ...string[]], grant: Grant, expiresAt: Date): string {
  const seconds = Math.floor(expiresAt.getTime() / 1_000);
  return `${seconds}.${signature(keys[0], grant, seconds).toString('base64url')}`;
}

/** Whether the token allows this, as signed with any of the keys. An expired one is known to be ours. */
export function checkToken(
  keys: readonly string[],
  { grant, token }: { grant: Grant; token: string },
  now: Date,
): TokenCheck {
  const [seconds = '', given = ''] = token.split('.');
  if (!/^\d{1,12}$/.test(seconds)) return 'forged';
  const claimed = Buffer.from(given, 'base64url');
  const isOurs = keys.some((key) => {
    const expected = signature(key, grant, Number(seconds));
    return claimed.length === expected.length && timingSafeEqual(claimed, expected);
  });
  if (!isOurs) return 'forged';
  return Number(seconds) * 1_000 > now.getTime() ? 'valid' : 'expired';
}

function signature(key: string, { to, id }: Grant, expiresAtSeconds: number): Buffer {
  return createHmac('sha256', key).update(`storegraph-media:${to}:${id}:${expiresAtSeconds}`).digest();
}
