import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError } from './wire.js';
import type { Call } from './work.js';

export interface ApiKeys {
  secretKey: string;
  /** Absent: any `pk_test_…` key, as shoppers prove themselves with the client secret. */
  publishableKey: string | undefined;
}

/** Who calls, by `Authorization: Bearer sk_test_…` or `pk_test_…`. Throws an {@link ApiError} 401. */
export function authenticate(authorization: string | undefined, keys: ApiKeys): Call['caller'] {
  const key = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (key === undefined) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  if (isSame(key, keys.secretKey)) return 'secret';
  if (keys.publishableKey ? isSame(key, keys.publishableKey) : /^pk_test_\w+$/.test(key))
    return 'publishable';
  throw unauthorized(`Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}`);
}

/** What a browser may not do. */
export function secretKeyRequired(): ApiError {
  const message = 'This API call cannot be made with a publishable API key. Please use a secret API key.';
  const body = { type: 'invalid_request_error', code: 'secret_key_required', message } as const;
  return new ApiError(403, body, 'validation');
}

function unauthorized(message: string): ApiError {
  return new ApiError(401, { type: 'invalid_request_error', message }, 'validation');
}

function isSame(sent: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(sent), digest(expected));
}
