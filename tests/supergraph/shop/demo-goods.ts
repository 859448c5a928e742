import type { DemoProduct, DemoReview } from '../../../standalone/src/demo/demo-data.js';
import type { Shop } from './open-shop.js';

/** Something the demonstration seller sells, with stock and opinions, that the shopper has not reviewed. */
export function productToReview(shop: Shop): DemoProduct {
  const demo = shop.demo.products.find(
    ({ slug, sellerSlug, variants }) =>
      shop.demo.sellers.some(
        (one) => one.slug === sellerSlug && one.ownerEmail === 'seller@storegraph.test',
      ) &&
      variants.some(({ sku }) => onHand(shop, sku) > 0) &&
      publishedReviewsOf(shop, slug).length > 0 &&
      !shop.demo.reviews.some(
        (one) => one.productSlug === slug && one.authorEmail === 'shopper@storegraph.test',
      ),
  );
  if (!demo) throw new Error('the demonstration shop has nothing to review');
  return demo;
}

export function publishedReviewsOf(shop: Shop, slug: string): DemoReview[] {
  return shop.demo.reviews.filter((review) => review.productSlug === slug && review.status === 'PUBLISHED');
}

export function displayNameOf(shop: Shop, email: string): string {
  const person = shop.demo.people.find((one) => one.email === email);
  return `${person?.firstName} ${person?.lastName.charAt(0)}.`;
}

export function onHand(shop: Shop, sku: string): number {
  return shop.demo.stock.filter((one) => one.sku === sku).reduce((sum, one) => sum + one.onHand, 0);
}

/** Variants with plenty in the first warehouse. */
export function plentiful(shop: Shop): string[] {
  const [first] = shop.demo.warehouses;
  return shop.demo.stock
    .filter((one) => one.warehouseCode === first?.code && one.onHand >= 10)
    .flatMap(({ sku }) => shop.goods.variantIds.get(sku) ?? []);
}
