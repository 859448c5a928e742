import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

/**
 * Compact JWS (RFC 7515 §7.1) with HMAC-SHA-256, and nothing else of the standard: between services only one form is
 * ever written. By hand, because a request is signed once and checked by every service it reaches, and through
 * WebCrypto each of them costs a trip to the thread pool: ten times the digest itself.
 */
export function signHs256(
  claims: Readonly<Record<string, unknown>>,
  { key, typ }: { key: KeyObject; typ: string },
): string {
  const signed = `${headerOf(typ)}.${encode(claims)}`;
  return `${signed}.${digest(signed, key).toString('base64url')}`;
}

/** The claims of a token that one of the keys has signed as this type; `null` for everything else. */
export function openHs256(
  token: string,
  { keys, typ }: { keys: readonly KeyObject[]; typ: string },
): Record<string, unknown> | null {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const isSigned = keys.some((key) => {
    const expected = digest(`${header}.${payload}`, key);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isSigned || more.length > 0) return null;
  const head = decode(header);
  // RFC 7515 §4.1.11: who does not understand all of `crit` must refuse.
  const isOurs = head?.['alg'] === 'HS256' && head['typ'] === typ && !('crit' in head);
  return isOurs ? decode(payload) : null;
}

const headers = new Map<string, string>();

/** There are a few types, and a header for each. */
function headerOf(typ: string): string {
  const header = headers.get(typ) ?? encode({ alg: 'HS256', typ });
  headers.set(typ, header);
  return header;
}

function digest(text: string, key: KeyObject): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
