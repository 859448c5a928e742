import { refusal } from '@storegraph/subgraph-server';
import type { GatewayContext } from '../context.js';
import type { OperationRequest } from '../execution/engine.js';
import type { Allowance, Spent } from './allowance.js';
import { secondsOf, type Bill } from './bill.js';
import { requireAffordable, type Budgets } from './budgets.js';
import type { PriceOf } from './operation-prices.js';
import { refusedHeaders } from './rate-limit-headers.js';
import type { SpenderKind } from './spender.js';
import { requireSmallVariables } from './variables-size.js';

/** A request that is refused before it has a price costs so much. */
const REFUSED_POINTS = 1;

/** Who may spend how much. */
export type Allowances = {
  /** In points of cost, by who asks. */
  readonly points: Readonly<Record<SpenderKind, Allowance>>;
  /** In attempts with credentials, by network. */
  readonly attempts: Allowance;
};

/** Decides whether an operation may be planned and run, by its size, its price and what its sender has left. */
export type Guard = {
  /**
   * Refuses whoever has spent everything, before any work is done for them.
   *
   * @throws {GraphQLError} `RATE_LIMITED` (429)
   */
  requireOpen(bill: Bill): void;
  /**
   * Prices a valid operation, refuses what is too dear, and begins to charge for the rest. Waits for nobody.
   *
   * @throws {GraphQLError} `GRAPHQL_VALIDATION_FAILED` or `BAD_USER_INPUT` (400), `RATE_LIMITED` (429)
   */
  admit(request: OperationRequest, context: GatewayContext): void;
  /**
   * Waits until the operation is charged. Nothing is asked of a subgraph before.
   *
   * @throws {GraphQLError} `RATE_LIMITED` (429)
   */
  settle(bill: Bill): Promise<void>;
  /** Charges for a request that was refused without a price: what cannot be parsed is not free either. */
  chargeRefusal(bill: Bill): void;
};

/** @param options.allowances `null` where nobody counts */
export function createGuard(options: {
  priceOf: PriceOf;
  budgets: Budgets;
  allowances: Allowances | null;
}): Guard {
  const { priceOf, budgets, allowances } = options;

  const charge = (bill: Bill, points: number, attempts = 0): void => {
    if (!allowances) return;
    const { kind, key, network } = bill.spender;
    bill.charge = Promise.all([
      allowances.points[kind].spend(key, points),
      attempts > 0 ? allowances.attempts.spend(network, attempts) : null,
    ]).then(([spent, tried]) => {
      bill.spent = spent;
      return tried?.isAllowed === false ? tried : spent;
    });
  };

  const requireOpen = (bill: Bill): void => {
    const refused = allowances?.points[bill.spender.kind].refused(bill.spender.key);
    if (refused) throw rateLimited(refused);
  };

  return {
    requireOpen,
    admit({ document, operationName, variables = {} }, { bill, insight }) {
      requireOpen(bill);
      try {
        requireSmallVariables(variables);
        const { price, attempts, requireSmallPages } = priceOf(document, operationName);
        requireSmallPages(variables);
        if (price) {
          bill.cost = insight.cost = Math.ceil(price(variables));
          bill.budget = budgets[bill.spender.kind];
          requireAffordable(bill.cost, bill.budget);
        }
        charge(bill, Math.max(REFUSED_POINTS, bill.cost ?? 0), attempts);
      } catch (error) {
        charge(bill, REFUSED_POINTS);
        throw error;
      }
    },
    async settle(bill) {
      const spent = await bill.charge;
      if (spent && !spent.isAllowed) throw rateLimited(spent);
    },
    chargeRefusal(bill) {
      if (!bill.charge) charge(bill, REFUSED_POINTS);
    },
  };
}

function rateLimited(spent: Spent) {
  const retryAfterSeconds = secondsOf(spent.resetMillis);
  return refusal('RATE_LIMITED', `That was too much at once. Try again in ${retryAfterSeconds} seconds.`, {
    retryAfterSeconds,
    http: { status: 429, headers: refusedHeaders(spent) },
  });
}
