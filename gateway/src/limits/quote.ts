import { refuse } from '@storegraph/subgraph-server';
import type { AcceptDocument } from './accept-document.js';
import { secondsOf } from './bill.js';
import type { Budgets } from './budgets.js';
import type { Allowances } from './guard.js';
import type { PriceOf } from './operation-prices.js';
import type { Spender } from './spender.js';
import { requireSmallVariables } from './variables-size.js';

/** An operation somebody may send later. */
export type Enquiry = {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
};

/** What an operation would cost. */
export type Quote = {
  readonly requested: number;
  readonly budget: number;
  /** `null` where nobody counts. */
  readonly remaining: number | null;
  readonly resetSeconds: number | null;
};

/** @throws {GraphQLError} `BAD_USER_INPUT` for an operation that is not valid */
export type QuoteOperation = (enquiry: Enquiry, spender: Spender) => Promise<Quote>;

/** Prices operations that are not run. */
export function createQuoteOperation(options: {
  acceptDocument: AcceptDocument;
  priceOf: PriceOf;
  budgets: Budgets;
  allowances: Allowances | null;
}): QuoteOperation {
  const { acceptDocument, priceOf, budgets, allowances } = options;
  return async ({ query, operationName, variables = {} }, { kind, key }) => {
    const document = acceptDocument(query);
    if (!('kind' in document))
      return refuse('BAD_USER_INPUT', document.map(({ message }) => message).join(' '));
    requireSmallVariables(variables);
    const { price, requireSmallPages } = priceOf(document, operationName);
    requireSmallPages(variables);
    const left = await allowances?.points[kind].left(key);
    return {
      requested: Math.min(Math.ceil(price?.(variables) ?? 0), Number.MAX_SAFE_INTEGER),
      budget: budgets[kind],
      remaining: left?.remaining ?? null,
      resetSeconds: left ? secondsOf(left.resetMillis) : null,
    };
  };
}
