import { createHash } from 'node:crypto';
import type { Product } from '../products/product.js';

/** In which order products are listed. */
export enum ProductSort {
  RELEVANCE = 'RELEVANCE',
  NEWEST = 'NEWEST',
  PRICE_ASC = 'PRICE_ASC',
  PRICE_DESC = 'PRICE_DESC',
  NAME = 'NAME',
  BEST_SELLING = 'BEST_SELLING',
  TOP_RATED = 'TOP_RATED',
}

/** Which products are listed; `null` and empty lists do not restrict. */
export type ProductFilter = {
  readonly query: string | null;
  readonly categoryId: string | null;
  readonly brandIds: readonly string[];
  readonly sellerId: string | null;
  readonly tags: readonly string[];
  readonly priceMinMinor: bigint | null;
  readonly priceMaxMinor: bigint | null;
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly inStock: boolean | null;
  readonly ratingMin: number | null;
  readonly featured: boolean | null;
  /** `null` for what everyone finds. */
  readonly status: string | null;
};

export const EVERYTHING: ProductFilter = {
  query: null,
  categoryId: null,
  brandIds: [],
  sellerId: null,
  tags: [],
  priceMinMinor: null,
  priceMaxMinor: null,
  options: [],
  inStock: null,
  ratingMin: null,
  featured: null,
  status: null,
};

/** A product in a list, with what the list is sorted by as text. */
export type ListedProduct = Product & { readonly sortKey: string };

/** The keyset position of a product in a list: the order, what it is sorted by, and the id that breaks ties. */
export function positionOf(product: ListedProduct, sort: ProductSort): [string, string, string] {
  const key = sort === ProductSort.NEWEST ? product.createdAt.toISOString() : product.sortKey;
  return [sort, key, product.id];
}

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/** Whether a position belongs to a list of this order; cursors come back from clients. */
export function isPositionOf(position: readonly unknown[], sort: ProductSort): boolean {
  const [order, key, id] = position;
  if (order !== sort || typeof key !== 'string' || typeof id !== 'string') return false;
  if (sort === ProductSort.NAME) return true;
  return sort === ProductSort.NEWEST ? !Number.isNaN(Date.parse(key)) : NUMBER.test(key);
}

const MOST_WORDS = 12;

/**
 * What people type, as a text query of PostgreSQL: every word has to occur, the last one may be the beginning of
 * one. `null` when there is not one word in it.
 */
export function textQuery(typed: string): string | null {
  const words =
    typed
      .normalize('NFC')
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, MOST_WORDS) ?? [];
  return words.length === 0 ? null : `${words.join(' & ')}:*`;
}

/** The order a list really has: without words to look for, the most relevant is what sells best. */
export function effectiveSort(sort: ProductSort, query: string | null): ProductSort {
  return sort === ProductSort.RELEVANCE && query === null ? ProductSort.BEST_SELLING : sort;
}

/** The same text for the same filter. */
export function filterKey(filter: ProductFilter): string {
  const text = JSON.stringify({ ...EVERYTHING, ...filter }, bigints);
  return createHash('sha256').update(text).digest('base64url');
}

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
