CREATE TYPE stock_movement_kind AS ENUM (
  'IMPORTED', 'ADJUSTED', 'TRANSFERRED',
  'RESERVED', 'RELEASED', 'SOLD', 'RESTOCKED'
);
CREATE TYPE reservation_status AS ENUM ('HELD', 'COMMITTED', 'RELEASED');
CREATE TYPE cart_status AS ENUM ('OPEN', 'ORDERED', 'MERGED', 'EXPIRED');
CREATE TYPE coupon_kind AS ENUM ('PERCENT', 'AMOUNT', 'FREE_SHIPPING');
CREATE TYPE order_status AS ENUM (
  'PENDING', 'AWAITING_PAYMENT', 'PAID', 'PROCESSING', 'PARTIALLY_SHIPPED',
  'SHIPPED', 'DELIVERED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED'
);
CREATE TYPE payment_status AS ENUM (
  'PENDING', 'REQUIRES_ACTION', 'AUTHORIZED', 'CAPTURED',
  'FAILED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED'
);
CREATE TYPE refund_status AS ENUM ('PENDING', 'SUCCEEDED', 'FAILED');
CREATE TYPE shipment_status AS ENUM ('PREPARED', 'SHIPPED', 'DELIVERED', 'RETURNED');
CREATE TYPE idempotency_status AS ENUM ('STARTED', 'FINISHED');

CREATE TABLE warehouses (
  id text PRIMARY KEY,
  code text NOT NULL,
  name text NOT NULL,
  country text NOT NULL,
  priority integer NOT NULL,
  active boolean NOT NULL,
  is_default boolean NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

CREATE UNIQUE INDEX warehouses_code_key ON warehouses (code);
CREATE UNIQUE INDEX warehouses_one_default ON warehouses (is_default) WHERE is_default;

-- For each level, available + reserved + sold - backordered is what was put in. No index covers the counters and
-- pages keep room, so that the busiest rows of the shop are updated in place.
CREATE TABLE stock_levels (
  variant_id text NOT NULL,
  warehouse_id text NOT NULL REFERENCES warehouses (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  product_id text,
  sku text,
  available integer NOT NULL DEFAULT 0 CHECK (available >= 0),
  reserved integer NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  sold integer NOT NULL DEFAULT 0 CHECK (sold >= 0),
  backordered integer NOT NULL DEFAULT 0 CHECK (backordered >= 0),
  low_stock_threshold integer NOT NULL DEFAULT 5 CHECK (low_stock_threshold >= 0),
  backorderable boolean NOT NULL DEFAULT false,
  restock_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (variant_id, warehouse_id)
) WITH (fillfactor = 70);

CREATE INDEX stock_levels_by_warehouse ON stock_levels (warehouse_id);

CREATE TABLE stock_movements (
  id text PRIMARY KEY,
  variant_id text NOT NULL,
  warehouse_id text NOT NULL,
  kind stock_movement_kind NOT NULL,
  delta integer NOT NULL,
  reason text,
  reference text,
  by_id text,
  at timestamptz(3) NOT NULL
);

CREATE INDEX stock_movements_newest ON stock_movements (variant_id, warehouse_id, at DESC, id DESC);

CREATE TABLE reservations (
  id text PRIMARY KEY,
  cart_id text,
  order_id text,
  status reservation_status NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  settled_at timestamptz(3)
);

CREATE INDEX reservations_by_cart ON reservations (cart_id);
CREATE INDEX reservations_by_order ON reservations (order_id);
CREATE INDEX reservations_to_expire ON reservations (expires_at) WHERE status = 'HELD';

CREATE TABLE reservation_lines (
  reservation_id text NOT NULL REFERENCES reservations (id) ON DELETE CASCADE ON UPDATE CASCADE,
  variant_id text NOT NULL,
  warehouse_id text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  restocked integer NOT NULL DEFAULT 0 CHECK (restocked BETWEEN 0 AND quantity),
  PRIMARY KEY (reservation_id, variant_id, warehouse_id)
);

CREATE TABLE carts (
  id text PRIMARY KEY,
  owner_id text,
  token_hash text,
  share_token_hash text,
  status cart_status NOT NULL,
  currency text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  email text,
  shipping_address jsonb,
  shipping_option text,
  merged_into_id text,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CHECK (status <> 'OPEN' OR owner_id IS NOT NULL OR token_hash IS NOT NULL)
);

CREATE UNIQUE INDEX carts_token_hash_key ON carts (token_hash);
CREATE UNIQUE INDEX carts_share_token_hash_key ON carts (share_token_hash);
CREATE UNIQUE INDEX carts_one_open_per_owner ON carts (owner_id) WHERE status = 'OPEN';
CREATE INDEX carts_to_expire ON carts (expires_at) WHERE status = 'OPEN';

CREATE TABLE cart_lines (
  id text PRIMARY KEY,
  cart_id text NOT NULL REFERENCES carts (id) ON DELETE CASCADE ON UPDATE CASCADE,
  variant_id text NOT NULL,
  customization_key text NOT NULL,
  quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 999),
  product_id text NOT NULL,
  seller_id text,
  sku text NOT NULL,
  product_name text NOT NULL,
  variant_name text NOT NULL,
  unit_price_minor bigint NOT NULL CHECK (unit_price_minor >= 0),
  unit_price_when_added_minor bigint NOT NULL,
  customizations jsonb NOT NULL,
  weight_grams integer NOT NULL CHECK (weight_grams >= 0),
  requires_shipping boolean NOT NULL,
  taxable boolean NOT NULL,
  quote_token text NOT NULL,
  quote_expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

CREATE UNIQUE INDEX cart_lines_equal_lines_add_up ON cart_lines (cart_id, variant_id, customization_key);

CREATE TABLE coupons (
  id text PRIMARY KEY,
  code text NOT NULL,
  kind coupon_kind NOT NULL,
  value bigint NOT NULL CHECK (value >= 0),
  currency text,
  minimum_minor bigint,
  usage_limit integer,
  per_customer_limit integer,
  used integer NOT NULL DEFAULT 0 CHECK (used >= 0),
  starts_at timestamptz(3),
  ends_at timestamptz(3),
  active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CHECK (usage_limit IS NULL OR used <= usage_limit)
);

CREATE UNIQUE INDEX coupons_code_key ON coupons (code);

CREATE TABLE cart_coupons (
  cart_id text NOT NULL REFERENCES carts (id) ON DELETE CASCADE ON UPDATE CASCADE,
  coupon_id text NOT NULL REFERENCES coupons (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  applied_at timestamptz(3) NOT NULL,
  PRIMARY KEY (cart_id, coupon_id)
);

CREATE TABLE coupon_redemptions (
  coupon_id text NOT NULL REFERENCES coupons (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  order_id text NOT NULL,
  customer_key text NOT NULL,
  redeemed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (coupon_id, order_id)
);

CREATE INDEX coupon_redemptions_by_customer ON coupon_redemptions (coupon_id, customer_key);
CREATE INDEX coupon_redemptions_by_order ON coupon_redemptions (order_id);

CREATE TABLE orders (
  id text PRIMARY KEY,
  number text NOT NULL,
  customer_id text,
  email text NOT NULL,
  guest_token_hash text,
  status order_status NOT NULL,
  payment_status payment_status NOT NULL,
  currency text NOT NULL,
  subtotal_minor bigint NOT NULL CHECK (subtotal_minor >= 0),
  discount_minor bigint NOT NULL CHECK (discount_minor >= 0),
  shipping_minor bigint NOT NULL CHECK (shipping_minor >= 0),
  tax_minor bigint NOT NULL CHECK (tax_minor >= 0),
  total_minor bigint NOT NULL CHECK (total_minor >= 0),
  tax_mode text NOT NULL,
  rounding_mode text NOT NULL,
  shipping_address jsonb NOT NULL,
  billing_address jsonb,
  shipping_method text,
  notes text,
  cart_id text,
  reservation_id text,
  version integer NOT NULL DEFAULT 1,
  placed_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  archived_at timestamptz(3)
);

CREATE UNIQUE INDEX orders_number_key ON orders (number);
CREATE UNIQUE INDEX orders_guest_token_hash_key ON orders (guest_token_hash);
CREATE UNIQUE INDEX orders_cart_id_key ON orders (cart_id);
CREATE UNIQUE INDEX orders_reservation_id_key ON orders (reservation_id);
CREATE INDEX orders_by_customer ON orders (customer_id, placed_at DESC, id DESC);
CREATE INDEX orders_by_status ON orders (status, placed_at DESC, id DESC);
CREATE INDEX orders_newest ON orders (placed_at DESC, id DESC);

CREATE TABLE order_lines (
  id text PRIMARY KEY,
  order_id text NOT NULL REFERENCES orders (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  position integer NOT NULL,
  variant_id text NOT NULL,
  product_id text NOT NULL,
  seller_id text,
  sku text NOT NULL,
  product_name text NOT NULL,
  variant_name text NOT NULL,
  customizations jsonb NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  unit_price_minor bigint NOT NULL,
  subtotal_minor bigint NOT NULL,
  discount_minor bigint NOT NULL,
  tax_minor bigint NOT NULL,
  total_minor bigint NOT NULL,
  refunded_quantity integer NOT NULL DEFAULT 0 CHECK (refunded_quantity BETWEEN 0 AND quantity),
  shipped_quantity integer NOT NULL DEFAULT 0 CHECK (shipped_quantity BETWEEN 0 AND quantity),
  requires_shipping boolean NOT NULL
);

CREATE INDEX order_lines_by_seller ON order_lines (seller_id, order_id);
CREATE UNIQUE INDEX order_lines_in_order ON order_lines (order_id, position);

CREATE TABLE order_tax_lines (
  order_id text NOT NULL REFERENCES orders (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  position integer NOT NULL,
  order_line_id text,
  name text NOT NULL,
  rate_millionths integer NOT NULL,
  base_minor bigint NOT NULL,
  amount_minor bigint NOT NULL,
  PRIMARY KEY (order_id, position)
);

CREATE TABLE order_discounts (
  order_id text NOT NULL REFERENCES orders (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  position integer NOT NULL,
  coupon_id text NOT NULL,
  code text NOT NULL,
  amount_minor bigint NOT NULL,
  PRIMARY KEY (order_id, position)
);

CREATE TABLE order_events (
  id text PRIMARY KEY,
  order_id text NOT NULL REFERENCES orders (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  sequence integer NOT NULL CHECK (sequence > 0),
  status order_status NOT NULL,
  notes text,
  by_id text,
  at timestamptz(3) NOT NULL
);

CREATE UNIQUE INDEX order_events_without_gaps ON order_events (order_id, sequence);

CREATE TABLE payments (
  id text PRIMARY KEY,
  order_id text NOT NULL REFERENCES orders (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  attempt integer NOT NULL CHECK (attempt > 0),
  provider text NOT NULL,
  intent_id text,
  client_secret text,
  approval_url text,
  status payment_status NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  captured_minor bigint NOT NULL DEFAULT 0 CHECK (captured_minor >= 0),
  refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND captured_minor),
  currency text NOT NULL,
  decline_code text,
  error_message text,
  metadata jsonb,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  checked_at timestamptz(3)
);

CREATE INDEX payments_to_reconcile ON payments (status, updated_at);
CREATE UNIQUE INDEX payments_one_per_attempt ON payments (order_id, attempt);
CREATE UNIQUE INDEX payments_one_per_intent ON payments (provider, intent_id);

CREATE TABLE provider_events (
  provider text NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  payload jsonb NOT NULL,
  received_at timestamptz(3) NOT NULL,
  handled_at timestamptz(3),
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  PRIMARY KEY (provider, event_id)
);

CREATE INDEX provider_events_unhandled ON provider_events (received_at) WHERE handled_at IS NULL;

CREATE TABLE refunds (
  id text PRIMARY KEY,
  order_id text NOT NULL REFERENCES orders (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  payment_id text NOT NULL REFERENCES payments (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency text NOT NULL,
  reason text,
  status refund_status NOT NULL,
  attempt integer NOT NULL DEFAULT 1 CHECK (attempt > 0),
  provider_refund_id text,
  idempotency_key text NOT NULL,
  error_message text,
  requested_by_id text,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

CREATE UNIQUE INDEX refunds_provider_refund_id_key ON refunds (provider_refund_id);
CREATE INDEX refunds_to_reconcile ON refunds (status, updated_at);
CREATE UNIQUE INDEX refunds_one_per_key ON refunds (order_id, idempotency_key);

CREATE TABLE refund_lines (
  refund_id text NOT NULL REFERENCES refunds (id) ON DELETE CASCADE ON UPDATE CASCADE,
  order_line_id text NOT NULL REFERENCES order_lines (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  quantity integer NOT NULL CHECK (quantity > 0),
  amount_minor bigint NOT NULL,
  restocked boolean NOT NULL,
  PRIMARY KEY (refund_id, order_line_id)
);

CREATE TABLE shipments (
  id text PRIMARY KEY,
  order_id text NOT NULL REFERENCES orders (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  seller_id text,
  warehouse_id text,
  carrier text NOT NULL,
  tracking_number text,
  tracking_url text,
  status shipment_status NOT NULL,
  created_by_id text,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  shipped_at timestamptz(3),
  delivered_at timestamptz(3)
);

CREATE INDEX shipments_by_order ON shipments (order_id);

CREATE TABLE shipment_lines (
  shipment_id text NOT NULL REFERENCES shipments (id) ON DELETE CASCADE ON UPDATE CASCADE,
  order_line_id text NOT NULL REFERENCES order_lines (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  quantity integer NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (shipment_id, order_line_id)
);

CREATE TABLE idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  status idempotency_status NOT NULL,
  response jsonb,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  PRIMARY KEY (scope, key)
);

CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);

CREATE SEQUENCE order_numbers START 100001;

CREATE TABLE outbox_events (
  position bigserial PRIMARY KEY,
  id text NOT NULL UNIQUE,
  type text NOT NULL,
  aggregate_type text NOT NULL,
  aggregate_id text NOT NULL,
  data jsonb NOT NULL,
  correlation_id text,
  occurred_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz,
  claimed_by text,
  claimed_until timestamptz
);

CREATE INDEX outbox_events_unpublished ON outbox_events (position) WHERE published_at IS NULL;
CREATE INDEX outbox_events_unpublished_aggregate ON outbox_events (aggregate_type, aggregate_id, position)
  WHERE published_at IS NULL;
CREATE INDEX outbox_events_published ON outbox_events (published_at) WHERE published_at IS NOT NULL;

CREATE FUNCTION notify_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER outbox_events_notify AFTER INSERT ON outbox_events
  FOR EACH STATEMENT EXECUTE FUNCTION notify_outbox();

CREATE TABLE inbox_events (
  consumer text NOT NULL,
  event_id text NOT NULL,
  handled_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);

CREATE INDEX inbox_events_handled ON inbox_events (handled_at);

CREATE TABLE dead_letters (
  id text PRIMARY KEY,
  consumer text NOT NULL,
  event jsonb NOT NULL,
  error text NOT NULL,
  attempts integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  replayed_at timestamptz
);

CREATE INDEX dead_letters_open ON dead_letters (created_at) WHERE replayed_at IS NULL;
