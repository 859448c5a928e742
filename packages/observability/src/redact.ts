import { pino } from 'pino';

/** Names whose values never reach a log, wherever they stand: `password`, `accessToken`, `x-storegraph-proof`. */
const SECRET_NAME =
  /(password|passwd|passphrase|secret|token|authorization|cookie|proof|credential|(api|service|private|quote|upload)[-_]?key)s?$/i;
/** The part of a URL that lets somebody in. */
const URL_CREDENTIALS = /\b([a-z][a-z\d+.-]*:\/\/)[^\s/?#@]+@/gi;
const CENSORED = '[redacted]';
const DEEPEST = 8;

/** A copy of what is about to be logged without its secrets, at any depth. */
export function redact(value: Record<string, unknown>): Record<string, unknown> {
  return redactObject(value, []);
}

/** An error as it may be logged: its own fields like any others, and no password in a URL it quotes. */
function redactError(error: Error, above: readonly object[]): Record<string, unknown> {
  const copy = redactObject({ ...pino.stdSerializers.err(error) }, [...above, error]);
  for (const [name, value] of Object.entries(copy)) {
    if (typeof value === 'string') copy[name] = value.replace(URL_CREDENTIALS, `$1${CENSORED}@`);
  }
  return copy;
}

function redactObject(object: object, above: readonly object[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      SECRET_NAME.test(name) && value != null ? CENSORED : redactValue(value, [...above, object]),
    ]),
  );
}

/** Dates and the like say themselves how they are written. */
function redactValue(value: unknown, above: readonly object[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (above.includes(value)) return '[circular]';
  if (above.length >= DEEPEST) return '[deeper]';
  if (value instanceof Error) return redactError(value, above);
  if ('toJSON' in value) return value;
  if (Array.isArray(value)) return value.map((one) => redactValue(one, [...above, value]));
  return redactObject(value, above);
}
