import { Prisma, type Database } from '@storegraph/orders-db';
import type { Quote, QuotedCustomization } from '../quotes/quote.js';
import type { Address } from '../shipping/address.js';
import { customizationKeyOf, type Cart, type CartLine, type CartStatus } from './cart.js';

export type { Database } from '@storegraph/orders-db';

/** How a cart is found: by its secret, or as the open one of a customer. */
export type CartKey = { readonly tokenHash: string } | { readonly ownerId: string } | { readonly id: string };

type CartRow = Omit<Cart, 'status' | 'shippingAddress'> & { status: string; shippingAddress: unknown };
type LineRow = Omit<CartLine, 'customizations'> & { customizations: unknown };
type StoredCustomization = Omit<QuotedCustomization, 'priceAdjustmentMinor'> & {
  priceAdjustmentMinor: string;
};

const CART = Prisma.sql`id, owner_id AS "ownerId", status::text AS status, currency, version, email,
  shipping_address AS "shippingAddress", shipping_option AS "shippingOption", merged_into_id AS "mergedIntoId",
  created_at AS "createdAt", updated_at AS "updatedAt", expires_at AS "expiresAt"`;

const LINE = Prisma.sql`id, cart_id AS "cartId", variant_id AS "variantId", quantity, product_id AS "productId",
  seller_id AS "sellerId", sku, product_name AS "productName", variant_name AS "variantName",
  unit_price_minor AS "unitPriceMinor", unit_price_when_added_minor AS "unitPriceWhenAddedMinor", customizations,
  weight_grams AS "weightGrams", requires_shipping AS "requiresShipping", taxable, quote_token AS "quoteToken",
  quote_expires_at AS "quoteExpiresAt", created_at AS "createdAt"`;

const toCart = (row: CartRow): Cart => ({
  ...row,
  status: row.status as CartStatus,
  shippingAddress: row.shippingAddress as Address | null,
});

const toLine = (row: LineRow): CartLine => ({
  ...row,
  customizations: (row.customizations as StoredCustomization[]).map((chosen) => ({
    ...chosen,
    priceAdjustmentMinor: BigInt(chosen.priceAdjustmentMinor),
  })),
});

const customizationsOf = (quote: Pick<Quote, 'customizations'>): StoredCustomization[] =>
  quote.customizations.map((chosen) => ({
    ...chosen,
    priceAdjustmentMinor: chosen.priceAdjustmentMinor.toString(),
  }));

const where = (key: CartKey) => {
  if ('id' in key) return Prisma.sql`id = ${key.id}`;
  if ('tokenHash' in key) return Prisma.sql`token_hash = ${key.tokenHash}`;
  return Prisma.sql`owner_id = ${key.ownerId} AND status = 'OPEN'`;
};

export async function findCart(db: Database, key: CartKey): Promise<Cart | null> {
  const [row] = await db.$queryRaw<CartRow[]>`SELECT ${CART} FROM carts WHERE ${where(key)}`;
  return row ? toCart(row) : null;
}

/** The cart, kept from changing until the transaction ends. */
export async function lockCart(db: Database, key: CartKey): Promise<Cart | null> {
  const [row] = await db.$queryRaw<CartRow[]>`SELECT ${CART} FROM carts WHERE ${where(key)} FOR UPDATE`;
  return row ? toCart(row) : null;
}

export async function findCartByShareToken(db: Database, shareTokenHash: string): Promise<Cart | null> {
  const [row] = await db.$queryRaw<CartRow[]>`
    SELECT ${CART} FROM carts WHERE share_token_hash = ${shareTokenHash}`;
  return row ? toCart(row) : null;
}

export async function findCartsByIds(db: Database, ids: readonly string[]): Promise<Cart[]> {
  const rows = await db.$queryRaw<CartRow[]>`
    SELECT ${CART} FROM carts WHERE id = ANY (${[...ids]}::text[])`;
  return rows.map(toCart);
}

export async function findOpenCartsByOwners(db: Database, ownerIds: readonly string[]): Promise<Cart[]> {
  const rows = await db.$queryRaw<CartRow[]>`
    SELECT ${CART} FROM carts WHERE owner_id = ANY (${[...ownerIds]}::text[]) AND status = 'OPEN'`;
  return rows.map(toCart);
}

export async function findLinesOfCarts(db: Database, cartIds: readonly string[]): Promise<CartLine[]> {
  const rows = await db.$queryRaw<LineRow[]>`
    SELECT ${LINE} FROM cart_lines WHERE cart_id = ANY (${[...cartIds]}::text[]) ORDER BY created_at, id`;
  return rows.map(toLine);
}

/** Opens a cart; nothing happens when its owner has one open already. */
export async function insertCart(
  db: Database,
  cart: Pick<Cart, 'id' | 'ownerId' | 'currency' | 'createdAt' | 'expiresAt'> & { tokenHash: string | null },
): Promise<void> {
  const { id, ownerId, tokenHash, currency, createdAt, expiresAt } = cart;
  await db.$executeRaw`
    INSERT INTO carts (id, owner_id, token_hash, status, currency, created_at, updated_at, expires_at)
    VALUES (${id}, ${ownerId}, ${tokenHash}, 'OPEN', ${currency}, ${createdAt}, ${createdAt}, ${expiresAt})
    ON CONFLICT DO NOTHING`;
}

export type CartChange = Partial<
  Pick<Cart, 'status' | 'email' | 'shippingOption' | 'mergedIntoId' | 'updatedAt' | 'expiresAt'>
> & { shippingAddress?: Address | null; shareTokenHash?: string };

/** Changes a cart, which makes it a new version. */
export async function updateCart(db: Database, id: string, change: CartChange): Promise<void> {
  const { shippingAddress, ...columns } = change;
  const address = shippingAddress === undefined ? {} : { shippingAddress: shippingAddress ?? Prisma.DbNull };
  await db.cart.update({
    where: { id },
    data: { ...columns, ...address, version: { increment: 1 } },
    select: { id: true },
  });
}

/** A line as it is put into a cart. */
export type NewLine = {
  readonly id: string;
  readonly cartId: string;
  readonly quantity: number;
  readonly quote: Quote;
  readonly unitPriceWhenAddedMinor: bigint;
};

/**
 * Puts lines into a locked cart, all in one statement. A line like one that is there adds to it and takes the newer
 * quote, whose price counts from now on; what it cost when first added stays known.
 */
export async function addLines(db: Database, lines: readonly NewLine[], now: Date): Promise<void> {
  const rows = lines.map(({ id, cartId, quantity, quote, unitPriceWhenAddedMinor }) => ({
    id,
    cart_id: cartId,
    variant_id: quote.variantId,
    customization_key: customizationKeyOf(quote.customizations),
    quantity,
    ...pinnedColumns(quote),
    unit_price_when_added_minor: unitPriceWhenAddedMinor.toString(),
  }));
  await db.$executeRaw`
    INSERT INTO cart_lines AS line (id, cart_id, variant_id, customization_key, quantity, product_id, seller_id, sku,
      product_name, variant_name, unit_price_minor, unit_price_when_added_minor, customizations, weight_grams,
      requires_shipping, taxable, quote_token, quote_expires_at, created_at, updated_at)
    SELECT id, cart_id, variant_id, customization_key, quantity, product_id, seller_id, sku, product_name,
      variant_name, unit_price_minor, unit_price_when_added_minor, customizations, weight_grams, requires_shipping,
      taxable, quote_token, quote_expires_at, ${now}, ${now}
    FROM jsonb_populate_recordset(NULL::cart_lines, ${JSON.stringify(rows)}::jsonb)
    ON CONFLICT (cart_id, variant_id, customization_key) DO UPDATE SET
      quantity = line.quantity + EXCLUDED.quantity, unit_price_minor = EXCLUDED.unit_price_minor,
      quote_token = EXCLUDED.quote_token, quote_expires_at = EXCLUDED.quote_expires_at,
      customizations = EXCLUDED.customizations, updated_at = EXCLUDED.updated_at`;
}

export async function setLineQuantity(db: Database, id: string, quantity: number): Promise<void> {
  await db.cartLine.update({ where: { id }, data: { quantity }, select: { id: true } });
}

/** Pins newer quotes to lines that still have the quantity they were asked for, all in one statement. */
export async function repinLines(
  db: Database,
  lines: readonly { id: string; quantity: number; quote: Quote }[],
  now: Date,
): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map(({ id, quantity, quote }) => ({ id, quantity, ...pinnedColumns(quote) }));
  await db.$executeRaw`
    UPDATE cart_lines AS line SET product_id = pinned.product_id, seller_id = pinned.seller_id, sku = pinned.sku,
      product_name = pinned.product_name, variant_name = pinned.variant_name,
      unit_price_minor = pinned.unit_price_minor, customizations = pinned.customizations,
      weight_grams = pinned.weight_grams, requires_shipping = pinned.requires_shipping, taxable = pinned.taxable,
      quote_token = pinned.quote_token, quote_expires_at = pinned.quote_expires_at, updated_at = ${now}
    FROM jsonb_populate_recordset(NULL::cart_lines, ${JSON.stringify(rows)}::jsonb) AS pinned
    WHERE line.id = pinned.id AND line.quantity = pinned.quantity`;
}

const pinnedColumns = (quote: Quote) => ({
  product_id: quote.productId,
  seller_id: quote.sellerId,
  sku: quote.sku,
  product_name: quote.productName,
  variant_name: quote.variantName,
  unit_price_minor: quote.unitPriceMinor.toString(),
  customizations: customizationsOf(quote),
  weight_grams: quote.weightGrams,
  requires_shipping: quote.requiresShipping,
  taxable: quote.taxable,
  quote_token: quote.token,
  quote_expires_at: quote.expiresAt.toISOString(),
});

export async function deleteLines(db: Database, ids: readonly string[]): Promise<void> {
  await db.cartLine.deleteMany({ where: { id: { in: [...ids] } } });
}

/** Takes the coupons of one cart over to another. */
export async function copyCoupons(db: Database, fromId: string, toId: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO cart_coupons (cart_id, coupon_id, applied_at)
    SELECT ${toId}, coupon_id, applied_at FROM cart_coupons WHERE cart_id = ${fromId}
    ON CONFLICT DO NOTHING`;
}

/** Closes open carts whose time is up; answers how many. */
export async function expireOpenCarts(db: Database, now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    UPDATE carts SET status = 'EXPIRED', version = version + 1, updated_at = ${now}
    WHERE id IN (
      SELECT id FROM carts WHERE status = 'OPEN' AND expires_at <= ${now}
      ORDER BY expires_at LIMIT ${most} FOR UPDATE SKIP LOCKED
    )`;
}

/** Forgets what the carts of a person say about them. */
export async function deleteCartsOfOwner(db: Database, ownerId: string): Promise<void> {
  await db.cart.deleteMany({ where: { ownerId } });
}
