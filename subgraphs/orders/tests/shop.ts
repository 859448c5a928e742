import { randomUUID } from 'node:crypto';
import { newId } from '@storegraph/ids';
import { staff, startTestSubgraph, type TestSubgraph } from '@storegraph/testkit';
import type { OrdersConfig } from '../src/config.js';
import type { Deps } from '../src/context.js';
import { holdStock, type HoldStockOutcome } from '../src/stock/hold-stock.action.js';
import type { Demand } from '../src/stock/stock.js';
import { orders } from '../src/subgraph.js';
import { catalogStandIn } from './catalog-stand-in.js';

const QUOTE_KEY = 'a-quote-key-that-only-tests-ever-use-to-sign';

/** Jobs are run by hand: tests decide when time is up. */
const NEVER_SECONDS = 86_400;

export const TEST_CONFIG: OrdersConfig = {
  currency: 'USD',
  quoteKey: QUOTE_KEY,
  cartDays: 30,
  reservationMinutes: 15,
  sweepSeconds: NEVER_SECONDS,
  stripe: {
    secretKey: 'sk_test_of_tests',
    publishableKey: 'pk_test_of_tests',
    webhookSecret: 'whsec_of_tests',
    apiUrl: null,
  },
  unpaidMinutes: 30,
  reconcileSeconds: NEVER_SECONDS,
};

/** The orders domain with somebody who sells things, and a clock that can be moved. */
export type Shop = AsyncDisposable & {
  readonly orders: TestSubgraph<Deps>;
  readonly catalog: ReturnType<typeof catalogStandIn>;
  readonly deps: Deps;
  /** Moves the clock forward. */
  pass(time: { minutes?: number; days?: number }): void;
  /** Opens a warehouse; answers its id. */
  warehouse(given?: { priority?: number; isDefault?: boolean; active?: boolean }): Promise<string>;
  /** Puts so many of a variant into a warehouse, as staff would. */
  stock(variantId: string, quantity: number, warehouseId?: string): Promise<void>;
  /** Holds stock as a checkout does, for 15 minutes unless told. */
  hold(
    lines: readonly Demand[],
    given?: { reservationId?: string; minutes?: number },
  ): Promise<HoldStockOutcome>;
  /** What other domains were told of a variant: how many could be sold after each change. */
  announced(variantId: string): Promise<number[]>;
  /** The counters of a variant, warehouse by warehouse in the order they serve. */
  levels(variantId: string): Promise<Level[]>;
};

export type Level = {
  warehouseId: string;
  available: number;
  reserved: number;
  sold: number;
  backordered: number;
};

const SAVE_WAREHOUSE = `mutation ($input: SaveWarehouseInput!) { saveWarehouse(input: $input) {
  ... on SaveWarehouseSuccess { warehouse { id } } ... on UserError { message } } }`;
const ADJUST_STOCK = `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) {
  __typename ... on UserError { message } } }`;
const LEVELS = `SELECT warehouse_id AS "warehouseId", available, reserved, sold, backordered FROM stock_levels
  JOIN warehouses ON warehouses.id = warehouse_id WHERE variant_id = $1 ORDER BY priority, warehouse_id`;
const ANNOUNCED = `SELECT data FROM outbox_events WHERE type = 'stock.changed' AND aggregate_id = $1 ORDER BY position`;

export async function openShop(
  options: { config?: Partial<OrdersConfig>; poolSize?: number } = {},
): Promise<Shop> {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const catalog = catalogStandIn({ quoteKey: QUOTE_KEY, now });
  const subgraph = await startTestSubgraph(orders, {
    config: { ...TEST_CONFIG, ...options.config },
    links: { catalog: catalog.link },
    poolSize: options.poolSize,
    now,
  });
  const keeper = staff();
  let main: string | undefined;

  const shop: Shop = {
    orders: subgraph,
    catalog,
    deps: subgraph.deps,
    pass: ({ minutes = 0, days = 0 }) => (ahead += minutes * 60_000 + days * 86_400_000),
    async warehouse({ priority = 10, isDefault = false, active = true } = {}) {
      const code = `W-${newId('warehouse').slice(-6)}`;
      const input = { code, name: 'Warehouse', country: 'US', priority, isDefault, active };
      const { data } = await subgraph.ask(SAVE_WAREHOUSE, { input }, keeper);
      return data['saveWarehouse'].warehouse.id as string;
    },
    async stock(variantId, quantity, warehouseId) {
      main ??= await shop.warehouse();
      const input = {
        variantId,
        warehouseId: warehouseId ?? main,
        delta: quantity,
        reason: 'delivery',
        idempotencyKey: newId('event'),
      };
      const { data } = await subgraph.ask(ADJUST_STOCK, { input }, keeper);
      if (data['adjustStock'].__typename !== 'AdjustStockSuccess')
        throw new Error(data['adjustStock'].message as string);
    },
    hold(lines, { reservationId = randomUUID(), minutes = 15 } = {}) {
      const at = now();
      const expiresAt = new Date(at.getTime() + minutes * 60_000);
      const patience = { maxWait: 60_000, timeout: 60_000 };
      return subgraph.deps.prisma.$transaction(
        (tx) => holdStock(tx, { reservationId, lines, expiresAt, now: at }),
        patience,
      );
    },
    async announced(variantId) {
      const { rows } = await subgraph.subgraph.pool.query<{ data: { sellable: number } }>(ANNOUNCED, [
        variantId,
      ]);
      return rows.map(({ data }) => data.sellable);
    },
    async levels(variantId) {
      const { rows } = await subgraph.subgraph.pool.query<Level>(LEVELS, [variantId]);
      return rows;
    },
    [Symbol.asyncDispose]: () => subgraph[Symbol.asyncDispose](),
  };
  return shop;
}
