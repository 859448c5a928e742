import type { BrandSlug, DemoBrand } from './brands.js';
import type { SilhouetteName } from './silhouettes.js';

/**
 * The shop of the demonstration. Things refer to each other by what people know them by (slug, SKU, e-mail, code);
 * database ids are given when it is stored. Times are minutes before "now", so the shop is always freshly used.
 * Money is in minor units of `currency`.
 */
export interface DemoShop {
  currency: 'USD';
  brands: readonly DemoBrand[];
  /** Parents before their children. */
  categories: readonly DemoCategory[];
  products: readonly DemoProduct[];
  sellers: readonly DemoSeller[];
  people: readonly DemoPerson[];
  warehouses: readonly DemoWarehouse[];
  stock: readonly DemoStock[];
  orders: readonly DemoOrder[];
  reviews: readonly DemoReview[];
  coupons: readonly DemoCoupon[];
}

export interface DemoCategory {
  slug: string;
  name: string;
  description: string;
  parentSlug: string | null;
  /** 0 for departments, 1 for their groups, 2 for kinds of products. */
  depth: 0 | 1 | 2;
  /** Place among its siblings, from 0. */
  position: number;
}

export interface DemoProduct {
  slug: string;
  name: string;
  /** Plain text, paragraphs separated by an empty line. */
  description: string;
  /** Category at depth 2. */
  categorySlug: string;
  departmentSlug: string;
  brandSlug: BrandSlug;
  /** `null`: sold by the shop itself. */
  sellerSlug: string | null;
  tags: readonly string[];
  isFeatured: boolean;
  seo: { title: string; description: string };
  /** Facts worth a table on the product page. */
  specs: Readonly<Record<string, string>>;
  /** Empty when there is nothing to choose. */
  options: readonly DemoOption[];
  /** 1 to 12; the first one is shown first. */
  variants: readonly DemoVariant[];
  pictures: readonly DemoPicture[];
  createdMinutesAgo: number;
  /** From 0 to 1: how readily it sells. Orders and reviews are drawn with it. */
  popularity: number;
}

export interface DemoOption {
  name: string;
  values: readonly DemoOptionValue[];
}

export interface DemoOptionValue {
  name: string;
  /** Set for colours, `#rrggbb`. */
  hex: string | null;
  /** What this value adds to the price; 0 for most. */
  priceAdjustmentMinor: bigint;
}

export interface DemoVariant {
  sku: string;
  /** One value name per option of the product, in the order of the options. */
  optionValues: readonly string[];
  /** Price before the adjustments of the option values. */
  basePriceMinor: bigint;
  /** What one costs: base price and adjustments. */
  priceMinor: bigint;
  /** Former price, above `priceMinor`. */
  compareAtMinor: bigint | null;
  weightGrams: number;
  /** EAN-13 from the range kept for use inside a shop. */
  barcode: string;
}

/** What a picture shows; `renderPicture` draws it. */
export interface DemoPicture {
  /** Unique in the shop: usable as a file name. */
  key: string;
  view: 'main' | 'detail' | 'colours';
  silhouette: SilhouetteName;
  /** Colours shown, the first one leading. */
  hexes: readonly string[];
  seed: string;
  alt: string;
}

export interface DemoSeller {
  slug: string;
  businessName: string;
  about: string;
  ownerEmail: string;
  brandSlugs: readonly BrandSlug[];
  /** Share of each sale kept by the shop, as an exact decimal: "0.12" is twelve per cent. */
  commissionRate: string;
}

export interface DemoPerson {
  email: string;
  firstName: string;
  lastName: string;
  phone: string;
  role: 'customer' | 'seller' | 'staff' | 'admin';
  addresses: readonly DemoAddress[];
  joinedMinutesAgo: number;
}

export interface DemoAddress {
  label: string;
  fullName: string;
  phone: string;
  street: string;
  street2: string | null;
  city: string;
  state: string | null;
  zip: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

export interface DemoWarehouse {
  code: string;
  name: string;
  address: Pick<DemoAddress, 'street' | 'city' | 'state' | 'zip' | 'country'>;
}

export interface DemoStock {
  sku: string;
  warehouseCode: string;
  onHand: number;
  lowStockThreshold: number;
}

export type DemoOrderStatus =
  | 'AWAITING_PAYMENT'
  | 'PAID'
  | 'PROCESSING'
  | 'SHIPPED'
  | 'DELIVERED'
  | 'CANCELLED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED';

export interface DemoOrder {
  key: string;
  customerEmail: string;
  placedMinutesAgo: number;
  status: DemoOrderStatus;
  lines: readonly DemoOrderLine[];
  couponCode: string | null;
  shippingMethod: 'standard' | 'express';
  note: string | null;
}

export interface DemoOrderLine {
  sku: string;
  productSlug: string;
  quantity: number;
  unitPriceMinor: bigint;
}

export interface DemoReview {
  key: string;
  productSlug: string;
  /** One review per product and author. */
  authorEmail: string;
  rating: 1 | 2 | 3 | 4 | 5;
  title: string;
  body: string;
  /** The delivered order in which the author bought the product. */
  orderKey: string | null;
  writtenMinutesAgo: number;
  status: 'PUBLISHED' | 'PENDING';
  helpfulVoterEmails: readonly string[];
  unhelpfulVoterEmails: readonly string[];
  reply: { sellerSlug: string; body: string; writtenMinutesAgo: number } | null;
}

export interface DemoCoupon {
  code: string;
  description: string;
  benefit:
    | { kind: 'percent'; percent: number }
    | { kind: 'amount'; amountMinor: bigint }
    | { kind: 'free-shipping' };
  minimumSubtotalMinor: bigint | null;
  usageLimit: number | null;
  perCustomerLimit: number | null;
  /** Days from now; negative when it is over. `null`: no end. */
  endsInDays: number | null;
}
