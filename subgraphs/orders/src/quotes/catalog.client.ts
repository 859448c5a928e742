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
const QUERY = `query PriceQuotes($lines: [PriceQuoteLineInput!]!) {
  priceQuotes(lines: $lines) { variantId problem token } }`;

const price = z.object({ amount: z.string(), currencyCode: z.string() });

/** What catalog signs: everything a quote says. */
const signedQuote = z.object({
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
  expiresAt: z.coerce.date(),
});
const answer = z.object({
  priceQuotes: z.array(
    z.object({ variantId: z.string(), problem: z.string().nullable(), token: z.string() }).nullable(),
  ),
});

/** Speaks to catalog over its link, with this service's own proof. */
export function createQuoteClient({
  config,
  link,
  signProof,
  now,
}: Pick<
  Given<{ quoteKey: string; currency: string }, unknown>,
  'config' | 'link' | 'signProof' | 'now'
>): QuoteClient {
  const key = new TextEncoder().encode(config.quoteKey);

  const ask = async (lines: readonly QuoteRequest[]) => {
    const proof = signProof({
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
      return refuse('SUBGRAPH_UNAVAILABLE', 'Prices cannot be looked up at the moment; try again shortly.');
    return parsed.data.priceQuotes;
  };

  return {
    async quoteLines(lines) {
      if (lines.length === 0) return [];
      const quotes = await ask(lines);
      return Promise.all(
        quotes.map(async (quote, index): Promise<QuoteAnswer> => {
          if (!quote) return { kind: 'unknown' };
          if (quote.problem) return { kind: 'problem', message: quote.problem };
          const signed = await verify(quote.token, { key, at: now() });
          if (signed.variantId !== lines[index]?.variantId)
            throw new QuoteRefused('the quote is for something else');
          return {
            kind: 'quoted',
            quote: toQuote(signed, { token: quote.token, currency: config.currency }),
          };
        }),
      );
    },
  };
}

/** The signature is what counts, so the quote is read from what was signed and from nowhere else. */
async function verify(
  token: string,
  { key, at }: { key: Uint8Array; at: Date },
): Promise<z.infer<typeof signedQuote>> {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], typ: TYPE, currentDate: at });
    return signedQuote.parse(payload);
  } catch (cause) {
    if (cause instanceof errors.JOSEError || cause instanceof z.ZodError)
      throw new QuoteRefused('the quote is not one that catalog signed', { cause });
    throw cause;
  }
}

function toQuote(
  signed: z.infer<typeof signedQuote>,
  { token, currency }: { token: string; currency: string },
): Quote {
  const { unitPrice, customizations, ...rest } = signed;
  const minorOf = ({ amount, currencyCode }: z.infer<typeof price>) => {
    if (currencyCode !== currency)
      throw new QuoteRefused(`priced in ${currencyCode}, the shop sells in ${currency}`);
    return parseDecimal(amount, currency);
  };
  return {
    ...rest,
    token,
    unitPriceMinor: minorOf(unitPrice),
    customizations: customizations.map(({ priceAdjustment, ...chosen }) => ({
      ...chosen,
      priceAdjustmentMinor: minorOf(priceAdjustment),
    })),
  };
}
