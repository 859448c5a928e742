import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { isStaff, type Viewer } from '@storegraph/identity';
import { checkInput, conflict, invalidInput, notFound, Policy } from '@storegraph/subgraph-server';
import { z } from 'zod';
import type { Context } from '../context.js';
import { idOf, orNull } from '../input-rules.js';
import { skuTaken, slugTaken } from '../taken.type.js';
import type { ChangeProductOutcome } from './change-product.action.js';
import { deleteProduct } from './delete-product.action.js';
import { deleteVariant } from './delete-variant.action.js';
import { savedProduct, savedVariant } from './product-input.js';
import {
  DeleteProductInput,
  DeleteProductResult,
  DeleteVariantInput,
  DeleteVariantResult,
  SaveProductInput,
  SaveProductResult,
  SaveVariantInput,
  SaveVariantResult,
} from './product-mutation.type.js';
import { saveProduct, type Saver } from './save-product.action.js';
import { saveVariant } from './save-variant.action.js';

const gone = (kind: 'product' | 'variant') =>
  z.object({
    id: idOf(kind, kind),
    expectedVersion: orNull(z.int()),
  });
const goneProduct = gone('product');
const goneVariant = gone('variant');

const NO_SUCH_PRODUCT = notFound(['input', 'id'], 'There is no such product.');
const NO_SUCH_VARIANT = notFound(['input', 'id'], 'There is no such variant.');

const saverOf = (viewer: Viewer): Saver =>
  viewer.kind === 'user'
    ? { isStaff: isStaff(viewer.role), sellerId: viewer.sellerId }
    : { isStaff: false, sellerId: null };

@Resolver()
export class ProductMutationResolver {
  @Policy([['product-owner'], ['staff']])
  @Mutation(() => SaveProductResult, { description: 'Create a product, or change one.' })
  async saveProduct(
    @Arg('input', () => SaveProductInput, { description: 'The product.' }) input: SaveProductInput,
    @Ctx() { deps, viewer, loaders }: Context,
  ) {
    const checked = checkInput(savedProduct, input);
    if (!checked.ok) return checked.problem;
    const outcome = await saveProduct(deps, { ...checked.value, saver: saverOf(viewer) });
    if (outcome.kind !== 'changed') return failure(outcome);
    const product = await loaders.product.clear(outcome.productId).load(outcome.productId);
    return { __typename: 'SaveProductSuccess', product };
  }

  @Policy([['product-owner'], ['staff']])
  @Mutation(() => DeleteProductResult, {
    description: 'Take a product out of the shop; old orders still show it.',
  })
  async deleteProduct(
    @Arg('input', () => DeleteProductInput, { description: 'The product.' }) input: DeleteProductInput,
    @Ctx() { deps, loaders }: Context,
  ) {
    const checked = checkInput(goneProduct, input);
    if (!checked.ok) return checked.problem;
    const { id: productId, expectedVersion } = checked.value;
    const outcome = await deleteProduct(deps, { productId, expectedVersion });
    if (outcome.kind !== 'deleted') return failure(outcome);
    const product = await loaders.product.clear(productId).load(productId);
    return { __typename: 'DeleteProductSuccess', product };
  }

  @Policy([['product-owner'], ['staff']])
  @Mutation(() => SaveVariantResult, { description: 'Add a variant to a product, or change one.' })
  async saveVariant(
    @Arg('input', () => SaveVariantInput, { description: 'The variant.' }) input: SaveVariantInput,
    @Ctx() { deps, loaders }: Context,
  ) {
    const checked = checkInput(savedVariant, input);
    if (!checked.ok) return checked.problem;
    const known = checked.value.id ? await loaders.variant.load(checked.value.id) : null;
    if (checked.value.id && !known) return NO_SUCH_VARIANT;
    const productId = known?.productId ?? checked.value.productId;
    if (!productId) return invalidInput(['input', 'productId'], 'A new variant needs a product.');
    const outcome = await saveVariant(deps, { ...checked.value, productId });
    if (outcome.kind !== 'saved') return failure(outcome);
    loaders.product.clear(productId);
    const variant = await loaders.variant.clear(outcome.variantId).load(outcome.variantId);
    return { __typename: 'SaveVariantSuccess', variant };
  }

  @Policy([['product-owner'], ['staff']])
  @Mutation(() => DeleteVariantResult, { description: 'Stop selling a variant; old orders still show it.' })
  async deleteVariant(
    @Arg('input', () => DeleteVariantInput, { description: 'The variant.' }) input: DeleteVariantInput,
    @Ctx() { deps, loaders }: Context,
  ) {
    const checked = checkInput(goneVariant, input);
    if (!checked.ok) return checked.problem;
    const known = await loaders.variant.load(checked.value.id);
    if (!known) return NO_SUCH_VARIANT;
    const { id: variantId, expectedVersion } = checked.value;
    const outcome = await deleteVariant(deps, { productId: known.productId, variantId, expectedVersion });
    if (outcome.kind !== 'changed') return failure(outcome);
    const product = await loaders.product.clear(known.productId).load(known.productId);
    return { __typename: 'DeleteVariantSuccess', product };
  }
}

function failure(outcome: Exclude<ChangeProductOutcome, { kind: 'changed' }>) {
  switch (outcome.kind) {
    case 'not-found':
      return NO_SUCH_PRODUCT;
    case 'conflict':
      return conflict(
        ['input', 'expectedVersion'],
        'Somebody has changed the product since you looked.',
        outcome.currentVersion,
      );
    case 'slug-taken':
      return slugTaken(outcome.slug);
    case 'sku-taken':
      return skuTaken(outcome.sku, ['input', 'sku']);
    case 'invalid':
      return invalidInput(outcome.path, outcome.message);
  }
}
