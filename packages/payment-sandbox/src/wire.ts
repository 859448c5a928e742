import type { PaymentIntent, PaymentMethod } from './objects.js';

/** Decoded form: `a[b]=1` is `{ a: { b: '1' } }`; a list has the keys `0`, `1`, …. Objects have no prototype. */
export interface Params {
  [name: string]: string | Params;
}

export interface ErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  doc_url?: string;
  param?: string;
  charge?: string;
  payment_intent?: PaymentIntent | Record<string, unknown>;
  payment_method?: PaymentMethod;
}

/**
 * A refusal in Stripe's words: an HTTP status and the `error` object of the answer.
 *
 * `isValidation` marks refusals made before anything was attempted: their answers are not kept under the
 * idempotency key, so a corrected request may use the key again (Stripe API, Idempotent requests).
 */
export class ApiError extends Error {
  readonly isValidation: boolean;

  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    kind: 'validation' | 'execution' = 'execution',
  ) {
    super(body.message);
    this.isValidation = kind === 'validation';
  }
}

/** The JSON text of an error answer, with the documentation link Stripe adds to every code. */
export function errorAnswer(error: ErrorBody): { error: ErrorBody } {
  if (!error.code) return { error };
  return {
    error: { ...error, doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll('_', '-')}` },
  };
}

export function invalidParam(message: string, details: { param?: string; code?: string } = {}): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, ...details }, 'validation');
}

/** An id that names nothing: 404 in the path, 400 among the parameters. */
export function noSuch(what: string, id: string, details: { param: string; status: 400 | 404 }): ApiError {
  const message = `No such ${what}: '${id}'`;
  const body = {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message,
    param: details.param,
  } as const;
  return new ApiError(details.status, body, 'validation');
}

const MAX_PAIRS = 1_000;
const MAX_DEPTH = 6;

/**
 * Decodes `application/x-www-form-urlencoded` text with Stripe's brackets: hashes (`shipping[name]`), indexed
 * lists (`expand[0]`) and open lists (`expand[]`).
 *
 * Throws an {@link ApiError} 400 when a name is malformed, nested too deeply or used as text and hash at once.
 */
export function decodeForm(text: string): Params {
  const decoded = emptyParams();
  const pairs = [...new URLSearchParams(text)];
  if (pairs.length > MAX_PAIRS) throw invalidParam('Too many parameters.');
  for (const [name, value] of pairs) place(decoded, pathOf(name), value);
  return decoded;
}

function emptyParams(): Params {
  // Without a prototype `__proto__` and `constructor` are parameter names like any other.
  return Object.create(null) as Params;
}

function pathOf(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  const path = match
    ? [match[1] ?? '', ...[...(match[2] ?? '').matchAll(/\[([^\]]*)\]/g)].map((part) => part[1] ?? '')]
    : [];
  if (path.length === 0 || path.length > MAX_DEPTH)
    throw invalidParam(`Invalid parameter name: ${name}`, { param: name });
  return path;
}

function place(target: Params, path: string[], value: string): void {
  let hash = target;
  for (const [depth, part] of path.entries()) {
    const key = part === '' ? String(Object.keys(hash).length) : part;
    const present = hash[key];
    if (depth === path.length - 1) {
      if (typeof present === 'object') throw invalidParam('Invalid string', { param: path.join('.') });
      hash[key] = value;
      return;
    }
    if (typeof present === 'string') throw invalidParam('Invalid hash', { param: path.join('.') });
    hash = hash[key] = present ?? emptyParams();
  }
}
