import { ObjectType, type ClassType } from 'type-graphql';
import type { IdKind } from '@storegraph/ids';
import { Key, NodeType } from '@storegraph/subgraph-server';

/** The entities an id alone leads to, by the kind the id's prefix names. Their owners resolve everything but the id. */
export const ENTITIES = {
  user: 'User',
  seller: 'Seller',
  product: 'Product',
  variant: 'ProductVariant',
  category: 'Category',
  brand: 'Brand',
  cart: 'Cart',
  order: 'Order',
  asset: 'Asset',
  review: 'Review',
} as const satisfies Partial<Record<IdKind, string>>;

/** The same entities as GraphQL types that know nothing but their key. */
export const ENTITY_TYPES: readonly ClassType[] = Object.values(ENTITIES).map(referenceTo);

function referenceTo(name: string): ClassType {
  @Key('id', { resolvable: false })
  @ObjectType(name, { implements: NodeType, description: `Something an id leads to: ${name}.` })
  class Reference extends NodeType {}
  return Reference;
}
