import { seedMedia } from '@storegraph/media/seed';
import { renderBrandLogo } from '../demo/brand-logos.js';
import type { DemoProduct, DemoShop } from '../demo/demo-data.js';
import { renderPicture } from '../demo/pictures.js';
import type { Domains } from '../domains.js';
import type { SeededGoods } from './seed-goods.js';
import type { SeededPeople } from './seed-people.js';

const SVG = 'image/svg+xml';

/** Draws every product and brand; smaller sizes are made when somebody first looks. */
export async function seedPictures(
  { media }: Domains,
  shop: DemoShop,
  { people, goods }: { people: SeededPeople; goods: SeededGoods },
): Promise<void> {
  const owners = new Map(shop.sellers.map(({ slug, ownerEmail }) => [slug, people.sellerIds[ownerEmail]]));
  await seedMedia(media.deps, {
    products: shop.products.flatMap(({ slug, sellerSlug }) => {
      const productId = goods.productIds.get(slug);
      return productId ? [{ productId, sellerId: (sellerSlug && owners.get(sellerSlug)) || null }] : [];
    }),
    productImages: shop.products.flatMap((product) =>
      picturesOf(product, goods.productIds.get(product.slug)),
    ),
    brandLogos: shop.brands.flatMap(({ slug, name }) => {
      const brandId = goods.brandIds.get(slug);
      return brandId
        ? [{ brandId, key: `brand/${slug}`, bytes: renderBrandLogo(slug), mimeType: SVG, alt: name }]
        : [];
    }),
  });
}

function picturesOf(product: DemoProduct, productId: string | undefined) {
  if (!productId) return [];
  return product.pictures.map((picture, position) => ({
    productId,
    position,
    key: `product/${picture.key}`,
    bytes: renderPicture(picture),
    mimeType: SVG,
    alt: picture.alt,
  }));
}
