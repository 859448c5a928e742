import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { parseDecimal } from '@storegraph/money';
import { currentCorrelationId, newCorrelationId } from '@storegraph/observability';
import { refuse, type Given } from '@storegraph/subgraph-server';
import type { Quote, QuoteAnswer, QuoteRequest } from './quote.js';

/** Asks catalog what things cost. */
export type QuoteClient = {
  /**
   * One answer per line, in the order of the lines.
   *
   * @throws {GraphQLError} `SUBGRAPH_UNAVAILABLE` when catalog does not answer
   * @throws {QuoteRefused} for a quote catalog has not signed, or signed for something else
   */
  quoteLines(lines: readonly QuoteRequest[]): Promise<QuoteAnswer[]>;
};

/** A quote that is not what catalog signed. Nothing has been written. */
export class QuoteRefused extends Error {
  override readonly name = 'QuoteRefused';
}

const PATIENCE_MILLIS = 2_500;
const TYPE = 'storegraph-quote+jwt';
const QUERY = `query PriceQuotes($lines: [PriceQuoteLineInput!]!) { priceQuotes(lines: $lines) {
  variantId productId sellerId sku productName variantName unitPrice { amount currencyCode }
  customizations { valueId name value priceAdjustment { amount currencyCode } }
  weightGrams requiresShipping taxable problem expiresAt token } }`;

const price = z.object({ amount: z.string(), currencyCode: z.string() });
const wireQuote = z.object({
  variantId: z.string(),
  productId: z.string(),
  sellerId: z.string().nullable(),
  sku: z.string(),
  productName: z.string(),
  variantName: z.string(),
  unitPrice: price,
  customizations: z.array(
    z.object({ valueId: z.string(), name: z.string(), value: z.string(), priceAdjustment: price }),
  ),
  weightGrams: z.int().min(0),
  requiresShipping: z.boolean(),
  taxable: z.boolean(),
  problem: z.string().nullable(),
  expiresAt: z.coerce.date(),
  token: z.string(),
});
const answer = z.object({ priceQuotes: z.array(wireQuote.nullable()) });

export function createQuoteClient({
  config,
  link,
  signProof,
}: Pick<
  Given<{ quoteKey: string; currency: string }, unknown>,
  'config' | 'link' | 'signProof'
>): QuoteClient {
  const key = new TextEncoder().encode(config.quoteKey);

  const ask = async (lines: readonly QuoteRequest[]) => {
    const proof = await signProof({
      viewer: { kind: 'service', name: 'orders' },
      correlationId: currentCorrelationId() ?? newCorrelationId(),
      deadlineAt: Date.now() + PATIENCE_MILLIS,
    });
    const signal = AbortSignal.timeout(PATIENCE_MILLIS);
    const result = await link('catalog')
      .execute({ query: QUERY, variables: { lines }, proof, signal })
      .catch(() => null);
    const parsed = answer.safeParse(result?.data);
    if (!parsed.success || parsed.data.priceQuotes.length !== lines.length)
      refuse('SUBGRAPH_UNAVAILABLE', 'Prices cannot be looked up at the moment; try again shortly.');
    return parsed.data.priceQuotes;
  };

  return {
    async quoteLines(lines) {
      if (lines.length === 0) return [];
      const quotes = await ask(lines);
      return Promise.all(
        quotes.map(async (quote, index): Promise<QuoteAnswer> => {
          if (!quote || quote.variantId !== lines[index]?.variantId) return { kind: 'unknown' };
          if (quote.problem) return { kind: 'problem', message: quote.problem };
          await requireSigned(quote, key);
          return { kind: 'quoted', quote: toQuote(quote, config.currency) };
        }),
      );
    },
  };
}

async function requireSigned(quote: z.infer<typeof wireQuote>, key: Uint8Array): Promise<void> {
  try {
    const { payload } = await jwtVerify(quote.token, key, { algorithms: ['HS256'], typ: TYPE });
    const signed = wireQuote.omit({ token: true, problem: true }).safeParse(payload);
    const { token: _token, problem: _problem, ...shown } = quote;
    if (
      !signed.success ||
      JSON.stringify(signed.data) !==
        JSON.stringify(wireQuote.omit({ token: true, problem: true }).parse(shown))
    )
      throw new QuoteRefused('the quote is not what was signed');
  } catch (cause) {
    if (cause instanceof errors.JOSEError)
      throw new QuoteRefused('the quote is not signed by catalog', { cause });
    throw cause;
  }
}

function toQuote(quote: z.infer<typeof wireQuote>, currency: string): Quote {
  const { unitPrice, customizations, problem: _problem, ...rest } = quote;
  const minorOf = (amount: z.infer<typeof price>) => {
    if (amount.currencyCode !== currency)
      throw new QuoteRefused(`priced in ${amount.currencyCode}, the shop sells in ${currency}`);
    return parseDecimal(amount.amount, currency);
  };
  return {
    ...rest,
    unitPriceMinor: minorOf(unitPrice),
    customizations: customizations.map(({ priceAdjustment, ...chosen }) => ({
      ...chosen,
      priceAdjustmentMinor: minorOf(priceAdjustment),
    })),
  };
}
