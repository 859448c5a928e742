import { ObjectType, type ClassType } from 'type-graphql';
import type { IdKind } from '@storegraph/ids';
import { Key, NodeType } from '@storegraph/subgraph-server';

/**
 * The entities an id alone leads to, by the kind the id's prefix names: types that know nothing but their key. Their
 * owners resolve everything else.
 */
export const ENTITY_TYPES: ReadonlyMap<IdKind, ClassType<NodeType>> = new Map([
  ['user', referenceTo('User')],
  ['seller', referenceTo('Seller')],
  ['product', referenceTo('Product')],
  ['variant', referenceTo('ProductVariant')],
  ['category', referenceTo('Category')],
  ['brand', referenceTo('Brand')],
  ['importJob', referenceTo('ImportJob')],
  ['warehouse', referenceTo('Warehouse')],
  ['coupon', referenceTo('Coupon')],
  ['cart', referenceTo('Cart')],
  ['order', referenceTo('Order')],
  ['asset', referenceTo('Asset')],
  ['review', referenceTo('Review')],
]);

function referenceTo(name: string): ClassType<NodeType> {
  @Key('id', { resolvable: false })
  @ObjectType(name, { implements: NodeType, description: `Something an id leads to: ${name}.` })
  class Reference extends NodeType {}
  return Reference;
}
