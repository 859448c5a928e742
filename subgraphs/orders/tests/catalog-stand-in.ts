import { SignJWT } from 'jose';
import { newId } from '@storegraph/ids';
import { formatDecimal, exponentOf } from '@storegraph/money';
import type { SubgraphLink } from '@storegraph/subgraph-server';

/** What the stand-in sells. */
export type Goods = {
  readonly variantId: string;
  readonly productId: string;
  sellerId: string | null;
  sku: string;
  name: string;
  priceMinor: bigint;
  readonly customizations: Map<string, bigint>;
  weightGrams: number;
  requiresShipping: boolean;
  taxable: boolean;
};

type Line = { variantId: string; quantity: number; customizationValueIds?: string[] | null };

const QUOTE_MINUTES = 15;

const money = (minor: bigint) => ({
  amount: formatDecimal(minor, 'USD'),
  currencyCode: 'USD',
  minor: minor.toString(),
  exponent: exponentOf('USD'),
});

/** What catalog says about one line, signed. */
async function quote(line: Line, sold: Goods | undefined, { key, now }: { key: string; now: Date }) {
  if (!sold) return null;
  const chosen = line.customizationValueIds ?? [];
  const adjustment = chosen.reduce((sum, id) => sum + (sold.customizations.get(id) ?? 0n), 0n);
  const isOffered = chosen.every((id) => sold.customizations.has(id));
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const expiresAt = issuedAt + QUOTE_MINUTES * 60;
  const said = {
    variantId: sold.variantId,
    productId: sold.productId,
    sellerId: sold.sellerId,
    sku: sold.sku,
    productName: sold.name,
    variantName: 'Standard',
    quantity: line.quantity,
    unitPrice: money(sold.priceMinor + adjustment),
    customizations: chosen.map((valueId) => ({
      valueId,
      name: 'Gift wrap',
      value: 'Linen',
      priceAdjustment: money(sold.customizations.get(valueId) ?? 0n),
    })),
    weightGrams: sold.weightGrams,
    requiresShipping: sold.requiresShipping,
    taxable: sold.taxable,
    problem: isOffered ? null : 'Something that was chosen is not offered.',
    expiresAt: new Date(expiresAt * 1_000).toISOString(),
  };
  const token = await new SignJWT(said)
    .setProtectedHeader({ alg: 'HS256', typ: 'storegraph-quote+jwt' })
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(new TextEncoder().encode(key));
  return { ...said, token };
}

/** Speaks catalog's side of the contract: quotes in its wire shape, signed with the key both domains know. */
export function catalogStandIn({ quoteKey, now }: { quoteKey: string; now: () => Date }) {
  const goods = new Map<string, Goods>();
  const asked: Line[][] = [];
  let isAway = false;
  let key = quoteKey;
  const link: SubgraphLink = {
    name: 'catalog',
    async execute({ variables, proof }) {
      if (isAway) throw new Error('catalog is away');
      if (!proof) return { errors: [] };
      const lines = (variables as { lines: Line[] }).lines;
      asked.push(lines);
      return {
        data: {
          priceQuotes: await Promise.all(
            lines.map((line) => quote(line, goods.get(line.variantId), { key, now: now() })),
          ),
        },
      };
    },
    subscribe: () => Promise.reject(new Error('catalog is only asked for prices here')),
    close: () => Promise.resolve(),
  };

  return {
    link,
    /** The lines of each question so far. */
    asked,
    /** Puts something up for sale; its name and SKU do not matter to tests. */
    sell(given: Partial<Goods> = {}): Goods {
      const variantId = newId('variant');
      const sold: Goods = {
        variantId,
        productId: newId('product'),
        sellerId: null,
        sku: variantId.slice(-8).toUpperCase(),
        name: 'Desk lamp',
        priceMinor: 1_000n,
        customizations: new Map(),
        weightGrams: 400,
        requiresShipping: true,
        taxable: true,
        ...given,
      };
      goods.set(sold.variantId, sold);
      return sold;
    },
    withdraw: (variantId: string) => goods.delete(variantId),
    goAway: () => (isAway = true),
    comeBack: () => (isAway = false),
    signWith: (other: string) => (key = other),
  };
}
