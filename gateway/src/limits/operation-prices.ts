import type { DocumentNode, GraphQLSchema } from 'graphql';
import { selectOperation } from '../planning/select-operation.js';
import { countAttempts } from './attempts.js';
import type { CostWeights } from './cost/cost-weights.js';
import { priceOperation, type Price } from './cost/price-operation.js';
import { pageSizeCheck, type PageSizeCheck } from './page-size.js';

/** What is known of an operation before its variables. */
export type PricedOperation = {
  /** `null` in a graph that says nothing of cost. */
  readonly price: Price | null;
  /** How many credentials it tries. */
  readonly attempts: number;
  readonly requireSmallPages: PageSizeCheck;
};

/** @throws {GraphQLError} `BAD_USER_INPUT` (400) when the document has no such operation */
export type PriceOf = (document: DocumentNode, operationName: string | undefined) => PricedOperation;

/** Prices operations, remembering each for as long as its document is kept. */
export function createPriceOf(graph: {
  schema: GraphQLSchema;
  weights: CostWeights | null;
  attempts: ReadonlySet<string>;
}): PriceOf {
  const { schema, weights } = graph;
  const remembered = new WeakMap<DocumentNode, Map<string, PricedOperation>>();
  return (document, operationName) => {
    const operations = remembered.get(document) ?? new Map<string, PricedOperation>();
    remembered.set(document, operations);
    const known = operations.get(operationName ?? '');
    if (known) return known;
    const selected = selectOperation(document, operationName);
    const priced = {
      price: weights && priceOperation(selected, { schema, weights }),
      attempts: countAttempts(selected, graph),
      requireSmallPages: pageSizeCheck(selected),
    };
    operations.set(operationName ?? '', priced);
    return priced;
  };
}
