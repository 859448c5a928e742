import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import type { AcceptDocument } from './accept-document.js';
import { createRecogniseApiKey, type ApiKeys, type RecogniseApiKey } from './api-keys.js';
import { DEFAULT_BUDGETS, type Budgets } from './budgets.js';
import { createGuard, type Guard } from './guard.js';
import { createPriceOf } from './operation-prices.js';
import { createQuoteOperation, type QuoteOperation } from './quote.js';
import { openAllowances, type RateLimits } from './rate-limits.js';

/** What clients may ask of one gateway. */
export type LimitsConfig = {
  /** What one operation may cost, by who asks. @default DEFAULT_BUDGETS */
  readonly budgets?: Budgets;
  /** How fast points may be spent. @default as fast as they like */
  readonly rateLimits?: RateLimits;
  /** Programs with an allowance of their own. @default none */
  readonly apiKeys?: ApiKeys;
};

export type Limits = {
  /** The guard of one supergraph. What clients have spent is theirs whichever is served. */
  of(
    supergraph: LoadedSupergraph,
    acceptDocument: AcceptDocument,
  ): { readonly guard: Guard; readonly quoteOperation: QuoteOperation };
  readonly recogniseApiKey: RecogniseApiKey;
  close(): void;
};

/** Everything that decides how much a client may ask, made from the graph's own weights. */
export function openLimits({
  budgets = DEFAULT_BUDGETS,
  rateLimits,
  apiKeys = new Map(),
}: LimitsConfig): Limits {
  const allowances = rateLimits ? openAllowances(rateLimits) : null;
  return {
    of(supergraph, acceptDocument) {
      const priceOf = createPriceOf(supergraph);
      return {
        guard: createGuard({ priceOf, budgets, allowances }),
        quoteOperation: createQuoteOperation({ acceptDocument, priceOf, budgets, allowances }),
      };
    },
    recogniseApiKey: createRecogniseApiKey(apiKeys),
    close: () => allowances?.close(),
  };
}
