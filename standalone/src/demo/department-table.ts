import type { BrandSlug } from './brands.js';
import type { ColourName } from './colours.js';
import type { SilhouetteName } from './silhouettes.js';

/** A choice other than colour. What a value adds to the price is in minor units. */
export interface ChoiceTable {
  name: string;
  values: readonly { name: string; adjustmentMinor?: bigint }[];
}

/** A model with a price of its own; most models are just a name. */
export interface ModelTable {
  name: string;
  priceMinor: bigint;
  /** Colours of this very model with what they add to the price, in minor units. */
  colours: readonly { name: ColourName; adjustmentMinor: bigint }[];
}

/** Everything from which believable products of one kind are composed. `{name}` and `{brand}` stand in the texts. */
export interface ProductTypeTable {
  /** Also the slug of the category at the third level. */
  slug: string;
  name: string;
  description: string;
  silhouette: SilhouetteName;
  brands: readonly BrandSlug[];
  models: readonly (string | ModelTable)[];
  /** Cheapest and dearest, in whole dollars. */
  priceRange: readonly [number, number];
  weightGrams: readonly [number, number];
  colours: readonly ColourName[];
  choices?: readonly ChoiceTable[];
  specs: Readonly<Record<string, readonly string[]>>;
  tags: readonly string[];
  openings: readonly string[];
  details: readonly string[];
  closings: readonly string[];
}

export interface DepartmentTable {
  slug: string;
  name: string;
  description: string;
  /** Three letters that begin the SKUs. */
  code: string;
  groups: readonly { slug: string; name: string; description: string; types: readonly ProductTypeTable[] }[];
}

export const CLOTHING_SIZES: ChoiceTable = {
  name: 'Size',
  values: [{ name: 'S' }, { name: 'M' }, { name: 'L' }, { name: 'XL' }],
};

export const SHOE_SIZES: ChoiceTable = {
  name: 'Size',
  values: ['38', '39', '40', '41', '42', '43'].map((size) => ({ name: `EU ${size}` })),
};

export const FRAME_SIZES: ChoiceTable = {
  name: 'Frame size',
  values: [{ name: 'S' }, { name: 'M' }, { name: 'L' }, { name: 'XL' }],
};
