import { refusal } from '@storegraph/subgraph-server';
import type { SpenderKind } from './spender.js';

/** What one operation may cost, in points, by who asks. */
export type Budgets = Readonly<Record<SpenderKind, number>>;

export const DEFAULT_BUDGETS: Budgets = {
  anonymous: 1_000,
  user: 2_500,
  seller: 5_000,
  staff: 10_000,
  apiKey: 10_000,
  service: 10_000,
};

/** @throws {GraphQLError} `GRAPHQL_VALIDATION_FAILED` (400), with the price and the budget */
export function requireAffordable(cost: number, budget: number): void {
  // Turned around, so that a price that is no number is refused too.
  if (cost <= budget) return;
  throw refusal(
    'GRAPHQL_VALIDATION_FAILED',
    `The operation asks for too much: it may cost ${pointsText(cost)} points, and yours may cost ${budget}. Ask for fewer items or fields.`,
    { limit: 'cost', maximum: budget, cost: Number.isSafeInteger(cost) ? cost : null, http: { status: 400 } },
  );
}

function pointsText(cost: number): string {
  return Number.isSafeInteger(cost) ? String(cost) : 'countless';
}
