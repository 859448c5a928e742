import { loadMany, loadOne } from '@storegraph/subgraph-server';
import {
  findAvatars,
  findBrandLogos,
  findMediaOfProducts,
  findThumbnails,
  findVariantImages,
  type AssetOf,
  type Database,
} from './gallery.store.js';
import { findSellersOfProducts } from './product.store.js';

const owner = (asset: AssetOf) => asset.of;

export function createGalleryLoaders(db: Database) {
  const sold = loadOne(
    (ids) => findSellersOfProducts(db, ids),
    ({ productId }) => productId,
  );
  return {
    mediaOfProduct: loadMany((ids) => findMediaOfProducts(db, ids), owner),
    thumbnailOfProduct: loadOne((ids) => findThumbnails(db, ids), owner),
    imageOfVariant: loadOne((ids) => findVariantImages(db, ids), owner),
    avatarOfUser: loadOne((ids) => findAvatars(db, ids), owner),
    logoOfBrand: loadOne((ids) => findBrandLogos(db, ids), owner),
    sellerOfProduct: { load: async (id: string) => (await sold.load(id))?.sellerId ?? null },
  };
}
