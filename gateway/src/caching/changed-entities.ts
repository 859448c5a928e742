import {
  assetDeleted,
  assetReady,
  brandLogoSet,
  brandSaved,
  categorySaved,
  priceChanged,
  productDeleted,
  productMediaSet,
  productSaved,
  ratingChanged,
  reviewChanged,
  reviewPublished,
  sellerDecided,
  stockChanged,
  userErased,
  type DomainEvent,
  type EventContract,
  type EventOf,
} from '@storegraph/events';
import type { EntityChange } from './entity-tags.js';

type Reaction = readonly [type: string, read: (event: DomainEvent) => EntityChange[]];

function on<Contract extends EventContract>(
  contract: Contract,
  changes: (data: EventOf<Contract>['data']) => EntityChange[],
): Reaction {
  return [contract.type, (event) => changes(contract.parse(event).data)];
}

/** The entity itself is different; lists of it hold the same, in the same order. */
const altered = (type: string, id: string | null): EntityChange => ({ type, id, movesLists: false });

/** The entity is different, and may have come, gone, or moved in lists. */
const moved = (type: string, id: string | null): EntityChange => ({ type, id, movesLists: true });

/**
 * What each event makes stale. Sales are no news here: best-seller lists follow them when their time is over. Neither are
 * a person's name and portrait, which reviews show for a minute longer.
 */
const REACTIONS = new Map<string, Reaction[1]>([
  on(productSaved, ({ productId, variants, retiredVariantIds }) => [
    moved('Product', productId),
    ...variants.map(({ variantId }) => moved('ProductVariant', variantId)),
    ...retiredVariantIds.map((id) => moved('ProductVariant', id)),
  ]),
  on(productDeleted, ({ productId, variantIds }) => [
    moved('Product', productId),
    ...variantIds.map((id) => moved('ProductVariant', id)),
  ]),
  on(priceChanged, ({ variantId, productId }) => [
    altered('ProductVariant', variantId),
    moved('Product', productId),
  ]),
  on(categorySaved, () => [moved('Category', null)]),
  on(brandSaved, ({ brandId }) => [moved('Brand', brandId)]),
  on(stockChanged, ({ variantId, productId, inStock, wasInStock }) => [
    altered('ProductVariant', variantId),
    inStock === wasInStock ? altered('Product', productId) : moved('Product', productId),
  ]),
  on(productMediaSet, ({ productId }) => [altered('Product', productId), altered('ProductVariant', null)]),
  on(brandLogoSet, ({ brandId }) => [altered('Brand', brandId)]),
  on(assetReady, ({ assetId }) => [moved('Asset', assetId)]),
  on(assetDeleted, ({ assetId }) => [moved('Asset', assetId)]),
  on(reviewPublished, ({ reviewId, productId }) => [
    moved('Review', reviewId),
    altered('Product', productId),
  ]),
  on(reviewChanged, ({ reviewId }) => [moved('Review', reviewId)]),
  on(ratingChanged, ({ productId }) => [
    moved('Product', productId),
    moved('Review', null),
    altered('Seller', null),
  ]),
  on(sellerDecided, ({ sellerId }) => [moved('Seller', sellerId), moved('Product', null)]),
  on(userErased, ({ userId }) => [altered('User', userId), moved('Review', null)]),
]);

/** The entities that are different after an event; none for events the catalogue of goods does not show. */
export function changedEntities(event: DomainEvent): EntityChange[] {
  return REACTIONS.get(event.type)?.(event) ?? [];
}
