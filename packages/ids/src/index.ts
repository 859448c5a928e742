import { TypeID, typeid } from 'typeid-js';

/**
 * The prefix of each kind of identifier. An id reads as `prod_01jd3…`: the prefix names the entity, the rest is
 * a UUIDv7 (RFC 9562 §5.7) in Crockford base32 (TypeID specification 0.3), so ids sort by creation time
 * and an id of one kind is never mistaken for another's.
 */
const PREFIXES = {
  user: 'user',
  session: 'sess',
  address: 'addr',
  seller: 'sell',
  product: 'prod',
  variant: 'vrnt',
  option: 'optn',
  optionValue: 'optv',
  category: 'catg',
  brand: 'brnd',
  importJob: 'impt',
  warehouse: 'ware',
  stockMovement: 'move',
  cart: 'cart',
  cartLine: 'cline',
  coupon: 'coup',
  order: 'ordr',
  orderLine: 'oline',
  orderEvent: 'oevt',
  payment: 'paym',
  refund: 'refd',
  shipment: 'ship',
  sellerOrder: 'sordr',
  asset: 'asst',
  upload: 'upld',
  rendition: 'rend',
  review: 'revw',
  vote: 'vote',
  event: 'evnt',
  deadLetter: 'dead',
} as const;

export type IdKind = keyof typeof PREFIXES;

const KINDS = new Map<string, IdKind>(
  Object.entries(PREFIXES).map(([kind, prefix]) => [prefix, kind as IdKind]),
);

/** A new identifier, greater than every one made before it in the same millisecond or earlier. */
export function newId(kind: IdKind): string {
  return typeid(PREFIXES[kind]).toString();
}

/** What an id identifies, or `null` when the text is not an id of this graph. */
export function kindOfId(id: string): IdKind | null {
  try {
    return KINDS.get(TypeID.fromString(id).getType()) ?? null;
  } catch {
    return null;
  }
}

/** Whether the text is a well-formed id of the kind. */
export function isId(kind: IdKind, id: string): boolean {
  return kindOfId(id) === kind;
}
