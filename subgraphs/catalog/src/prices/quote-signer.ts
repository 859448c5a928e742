import { SignJWT } from 'jose';
import { exponentOf, formatDecimal, type Money } from '@storegraph/money';
import type { Quote } from './quote.js';

/** How long a quote binds the shop, in seconds. */
export const QUOTE_TTL_SECONDS = 15 * 60;

/** The media type of a quote, in its `typ` header (RFC 8725 §3.11). */
const QUOTE_TYPE = 'storegraph-quote+jwt';

export type SignedQuote = { readonly token: string; readonly expiresAt: Date };

/** Signs a quote so that orders can pin it without trusting whoever brings it. */
export type QuoteSigner = (quote: Quote) => Promise<SignedQuote>;

/**
 * A compact JWS (RFC 7515, HS256) over the whole quote in the shape the graph shows it, with `iat` and `exp`. Amounts
 * are `{ amount, currencyCode, minor, exponent }`, their minor units as text.
 */
export function createQuoteSigner(options: { key: string; now: () => Date }): QuoteSigner {
  const key = new TextEncoder().encode(options.key);
  return async (quote) => {
    const issuedAt = Math.floor(options.now().getTime() / 1_000);
    const expiresAt = issuedAt + QUOTE_TTL_SECONDS;
    const claims = {
      ...quote,
      unitPrice: plain(quote.unitPrice),
      customizations: quote.customizations.map((one) => ({
        ...one,
        priceAdjustment: plain(one.priceAdjustment),
      })),
      expiresAt: new Date(expiresAt * 1_000).toISOString(),
    };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: QUOTE_TYPE })
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(key);
    return { token, expiresAt: new Date(expiresAt * 1_000) };
  };
}

function plain({ minor, currency }: Money) {
  return {
    amount: formatDecimal(minor, currency),
    currencyCode: currency,
    minor: minor.toString(),
    exponent: exponentOf(currency),
  };
}
