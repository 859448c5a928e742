import { createHash } from 'node:crypto';
import type { Ledger, SavedAnswer } from './books.js';
import { ApiError, invalidParam } from './wire.js';
import type { Params } from './wire.js';

/** What a key promises: the same request gets the same answer. */
export interface KeyedRequest {
  key: string;
  /** `METHOD /path`. */
  endpoint: string;
  params: Params;
}

const KEY_LIFE_SECONDS = 24 * 3_600;

/** Stripe's idempotency keys, kept for 24 hours. Source: Stripe API, Idempotent requests. */
export class IdempotencyKeys {
  readonly #inFlight = new Set<string>();

  constructor(private readonly ledger: Ledger) {}

  /**
   * Claims the key for a first request (`null`), or hands back the answer to replay. A claimed key must be
   * released with {@link release} once the answer is saved or given up.
   *
   * Throws an {@link ApiError}: 400 `idempotency_error` when the key was used for something else, 409 while
   * the first request is still under way.
   */
  claim(request: KeyedRequest, nowSeconds: number): SavedAnswer | null {
    const { key } = request;
    if (key.length > 255) throw invalidParam('Idempotency keys may be at most 255 characters long.');
    this.ledger.forgetAnswersBefore(nowSeconds - KEY_LIFE_SECONDS);
    if (this.#inFlight.has(key)) throw inUse(key);
    const saved = this.ledger.find('answer', key);
    if (saved) {
      requireSameRequest(saved, request);
      return saved;
    }
    this.#inFlight.add(key);
    return null;
  }

  release(key: string): void {
    this.#inFlight.delete(key);
  }
}

/** One hash for equal parameters in any order. */
export function fingerprintOf(params: Params): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(params)))
    .digest('hex');
}

function sorted(value: string | Params): unknown {
  if (typeof value === 'string') return value;
  const names = Object.keys(value).sort();
  return names.map((name) => [name, sorted(value[name] ?? '')]);
}

function requireSameRequest(saved: SavedAnswer, { key, endpoint, params }: KeyedRequest): void {
  if (saved.endpoint !== endpoint) {
    throw mismatch(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${saved.endpoint}' vs '${endpoint}'). Try using a key other than '${key}' if you meant to execute a different request.`,
    );
  }
  if (saved.fingerprint !== fingerprintOf(params)) {
    throw mismatch(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    );
  }
}

function mismatch(message: string): ApiError {
  return new ApiError(400, { type: 'idempotency_error', message }, 'validation');
}

function inUse(key: string): ApiError {
  const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
  const body = { type: 'invalid_request_error', code: 'idempotency_key_in_use', message } as const;
  return new ApiError(409, body, 'validation');
}
