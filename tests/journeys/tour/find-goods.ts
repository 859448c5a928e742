import { TourFailed, type Answer, type Visitor } from './client.js';
import type { Journal } from './journal.js';

const PATIENCE_MILLIS = 30_000;

const FIND = `query Find($filter: ProductFilter!) { products(filter: $filter, sort: PRICE_DESC, first: 24) {
  totalCount
  edges { node { id slug name inStock priceRange { min { amount } } thumbnail { url } rating { average count }
    defaultVariant { id sku availability { sellable inStock } } } } } }`;

const LOOK = `query Look($slug: String!) { product(slug: $slug) {
  id name description
  brand { name } category { name }
  options { name values { value hex } }
  customizations { name values { id value priceAdjustment { amount } } }
  media { url alt } thumbnail { thumbnailUrl(width: 320) }
  rating { average count } reviews(first: 3) { edges { node { rating title author { displayName } } } }
  variants(first: 20) { edges { node { id sku name price { amount minor } availability { sellable inStock } } } } } }`;

/** What the shopper is going to buy. */
export type Choice = {
  readonly productId: string;
  readonly productName: string;
  readonly variantId: string;
  readonly customizationValueIds: string[];
};

/** A guest looks for something of a kind within a price, and looks at what was found. */
export async function findGoods(
  journal: Journal,
  guest: Visitor,
  wish: { title: string; category: string; priceMin: string; priceMax: string; leastStock: number },
): Promise<Choice> {
  const found = await journal.step(`find ${wish.title}`, async () => {
    const { category } = await guest.ask(
      'query Category($slug: String!) { category(slug: $slug) { id name } }',
      { slug: wish.category },
    );
    if (!category) throw new TourFailed(`there is no category ${wish.category}`);
    const filter = { category: category.id, priceMin: wish.priceMin, priceMax: wish.priceMax, inStock: true };
    const { choice, products } = await untilInStock(guest, wish, filter);
    return [
      `${products['totalCount']} found, "${choice['name']}" at ${choice['priceRange'].min.amount}`,
      choice,
    ] as const;
  });
  return journal.step(`look at "${found['name']}"`, async () => {
    const { product } = await guest.ask(LOOK, { slug: found['slug'] });
    const variants = (product.variants.edges as Answer[]).map((edge) => edge['node'] as Answer);
    const variant = variants.find((one) => one['availability'].sellable >= wish.leastStock);
    if (!variant) throw new TourFailed(`no variant of ${product.name} is in stock`);
    const outcome = `${variants.length} variants, ${variant['availability'].sellable} of ${variant['sku']} in stock, ${product.media.length} pictures, ${product.rating.count} ratings`;
    const extra = (product.customizations as Answer[])[0]?.['values'][0]?.id as string | undefined;
    return [
      outcome,
      {
        productId: product.id,
        productName: product.name,
        variantId: variant['id'],
        customizationValueIds: extra ? [extra] : [],
      },
    ] as const;
  });
}

/** The numbers of an import travel from catalog to orders and back; goods are for sale when they have arrived. */
async function untilInStock(
  guest: Visitor,
  wish: { title: string; leastStock: number },
  filter: Record<string, unknown>,
): Promise<{ choice: Answer; products: Answer }> {
  const deadline = Date.now() + PATIENCE_MILLIS;
  while (Date.now() < deadline) {
    const { products } = (await guest.ask(FIND, { filter })) as { products: Answer };
    const nodes = (products['edges'] as Answer[]).map((edge) => edge['node'] as Answer);
    const choice = nodes.find((node) => node['defaultVariant'].availability.sellable >= wish.leastStock);
    if (choice) return { choice, products };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new TourFailed(`no ${wish.title} is in stock`);
}
