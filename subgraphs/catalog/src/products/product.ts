import { isStaff, type Viewer } from '@storegraph/identity';

export enum ProductStatus {
  DRAFT = 'DRAFT',
  ACTIVE = 'ACTIVE',
  ARCHIVED = 'ARCHIVED',
}

/** A product as lists show it; its text is read apart from it. */
export type Product = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly status: ProductStatus;
  /** Whether everyone finds it: active, with something to sell, and its seller not suspended. */
  readonly listed: boolean;
  readonly featured: boolean;
  readonly categoryId: string | null;
  readonly brandId: string | null;
  readonly sellerId: string | null;
  readonly tags: readonly string[];
  readonly currency: string;
  readonly priceMinMinor: bigint;
  readonly priceMaxMinor: bigint;
  readonly defaultVariantId: string | null;
  readonly inStock: boolean | null;
  readonly stockAsOf: Date | null;
  readonly rating: number;
  readonly unitsSold: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** What only a product's own page shows. */
export type ProductText = {
  readonly id: string;
  readonly descriptionHtml: string;
  readonly descriptionText: string;
  readonly metadata: unknown;
  readonly seoTitle: string | null;
  readonly seoDescription: string | null;
  readonly seoCanonicalUrl: string | null;
  readonly seoNoIndex: boolean;
};

/** Columns of `products p` as a `Product`, for every statement that reads one. */
export const PRODUCT_COLUMNS = `p.id, p.slug, p.name, p.status::text AS status, p.listed, p.featured,
  p.category_id AS "categoryId", p.brand_id AS "brandId", p.seller_id AS "sellerId", p.tags, p.currency,
  p.price_min_minor AS "priceMinMinor", p.price_max_minor AS "priceMaxMinor",
  p.default_variant_id AS "defaultVariantId", p.in_stock AS "inStock", p.stock_as_of AS "stockAsOf", p.rating,
  p.units_sold AS "unitsSold", p.version, p.created_at AS "createdAt", p.updated_at AS "updatedAt"`;

/** Staff, other services and the product's own seller see it whatever its state. */
export function managesProduct(viewer: Viewer, product: Pick<Product, 'sellerId'>): boolean {
  if (viewer.kind === 'anonymous') return false;
  if (viewer.kind === 'service') return true;
  return isStaff(viewer.role) || (viewer.sellerId !== null && viewer.sellerId === product.sellerId);
}

/** Whether somebody who looks for it finds it. */
export function mayFind(viewer: Viewer, product: Product): boolean {
  return product.listed || managesProduct(viewer, product);
}

/** Whether somebody who was led to it, by an old order or a review, sees it: everything but drafts. */
export function mayFollow(viewer: Viewer, product: Product): boolean {
  return product.status !== ProductStatus.DRAFT || managesProduct(viewer, product);
}
