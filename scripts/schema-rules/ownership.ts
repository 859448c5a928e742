import type { Finding } from './finding.js';
import { hasDirective, type FieldedType, type SubgraphView } from './subgraph-view.js';

/** Who owns each entity that more than one subgraph names. An entity of a single subgraph is that subgraph's. */
const OWNERS: Readonly<Record<string, string>> = {
  User: 'accounts',
  Seller: 'accounts',
  Product: 'catalog',
  ProductVariant: 'catalog',
  Category: 'catalog',
  Brand: 'catalog',
  ImportJob: 'catalog',
  Cart: 'orders',
  Wishlist: 'orders',
  Order: 'orders',
  OrderLine: 'orders',
  SellerOrder: 'orders',
  Coupon: 'orders',
  Warehouse: 'orders',
  Asset: 'media',
  Review: 'reviews',
};

/** Entities of the whole graph with the subgraph that owns each. */
export type Ownership = ReadonlyMap<string, string>;

export function ownershipOf(subgraphs: SubgraphView[]): Ownership {
  return new Map(
    [...holdersByEntity(subgraphs)].map(([entity, holders]) => [entity, OWNERS[entity] ?? holders[0] ?? '']),
  );
}

/** An entity that several subgraphs name has an owner on the list, and the owner does hold it. */
export function entitiesHaveOneOwner(subgraphs: SubgraphView[]): Finding[] {
  return [...holdersByEntity(subgraphs)].flatMap(([entity, holders]): Finding[] => {
    const owner = OWNERS[entity];
    const finding = { rule: 'entities-have-one-owner', at: entity };
    if (!owner && holders.length > 1) {
      return [{ ...finding, message: `named by ${holders.join(', ')}; write its owner into ownership.ts` }];
    }
    if (owner && !holders.includes(owner)) {
      return [{ ...finding, message: `is owned by ${owner}, which does not define it` }];
    }
    return [];
  });
}

function holdersByEntity(subgraphs: SubgraphView[]): Map<string, string[]> {
  const holders = new Map<string, string[]>();
  for (const subgraph of subgraphs) {
    for (const type of subgraph.types.values()) {
      if (isEntity(type)) holders.set(type.name, [...(holders.get(type.name) ?? []), subgraph.name]);
    }
  }
  return holders;
}

function isEntity(type: FieldedType): boolean {
  return hasDirective(type, 'key');
}
