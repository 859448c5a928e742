import { brandNameOf, type BrandSlug } from './brands.js';
import type { DemoOptionValue, DemoPicture, DemoProduct } from './demo-data.js';
import { DEPARTMENT_TYPES, type DepartmentType } from './departments.js';
import { believablePrice } from './price-points.js';
import { randomFrom, type SeededRandom } from './seeded-random.js';
import { sellerOfBrand } from './sellers.js';
import { composeOptions, composeVariants } from './variants.js';

const DAY_MINUTES = 24 * 60;

/** What later products of the same model are called: a believable name for as many products as a benchmark needs. */
const EDITIONS = [
  'II',
  'Classic',
  'Plus',
  'Lite',
  'Heritage',
  'Studio',
  'Nordic',
  'Original',
  'Select',
  'Weekend',
];

/** How many products the shop has when every model appears once. */
export const CURATED_PRODUCTS = DEPARTMENT_TYPES.reduce((sum, { type }) => sum + type.models.length, 0);

/**
 * Products one by one, so that 120,000 of them need no more memory than one. The first `CURATED_PRODUCTS` have
 * hand-written names; later ones are editions of these. The same seed gives the same products, and a longer catalogue
 * begins with the shorter one.
 *
 * @param options.products how many; default every model once
 * @param options.seed any text
 */
export function* generateCatalogue(options: { products?: number; seed: string }): Generator<DemoProduct> {
  const total = options.products ?? CURATED_PRODUCTS;
  const rounds = Math.ceil(total / CURATED_PRODUCTS);
  let serial = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (let at = 0; at < Math.max(...DEPARTMENT_TYPES.map(({ type }) => type.models.length)); at += 1) {
      for (const place of DEPARTMENT_TYPES) {
        if (place.type.models[at] === undefined) continue;
        if (serial === total) return;
        yield composeProduct(place, { at, round, serial, seed: options.seed });
        serial += 1;
      }
    }
  }
}

interface ProductPlace {
  /** Which model of its kind. */
  at: number;
  /** 0 for the model itself, then its editions. */
  round: number;
  serial: number;
  seed: string;
}

function composeProduct({ department, type }: DepartmentType, place: ProductPlace): DemoProduct {
  const random = randomFrom(`${place.seed}/${type.slug}/${place.at}/${place.round}`);
  const entry = type.models[place.at] ?? '';
  const model = typeof entry === 'string' ? null : entry;
  const name = editionName(typeof entry === 'string' ? entry : entry.name, place.round);
  const slug = slugOf(name);
  const brandSlug = random.pick(type.brands);
  const { colours, options } = composeOptions(random, type, model);
  const texts = composeTexts(random, { department, type }, { name, brand: brandSlug });
  return {
    slug,
    name,
    ...texts,
    categorySlug: type.slug,
    departmentSlug: department.slug,
    brandSlug,
    sellerSlug: sellerOfBrand(brandSlug)?.slug ?? null,
    tags: [
      ...type.tags,
      ...(random.chance(0.1) ? ['new season'] : []),
      ...(random.chance(0.08) ? ['staff pick'] : []),
    ],
    isFeatured: place.round === 0 && random.chance(0.07),
    specs: Object.fromEntries(
      Object.entries(type.specs).map(([fact, values]) => [fact, random.pick(values)]),
    ),
    options,
    variants: composeVariants(random, options, {
      skuPrefix: `${department.code}-${type.slug.slice(0, 4).toUpperCase().replace('-', '')}-${serialOf(place.serial)}`,
      serial: place.serial,
      basePriceMinor: model ? model.priceMinor : believablePrice(random, type.priceRange),
      weightGrams: random.int(...type.weightGrams),
    }),
    pictures: composePictures({ department, type }, { name, slug, colours }),
    createdMinutesAgo: random.int(1, 420 * DAY_MINUTES),
    popularity: Math.round(random.next() ** 2.2 * 1000) / 1000,
  };
}

function editionName(name: string, round: number): string {
  if (round === 0) return name;
  const edition = EDITIONS[(round - 1) % EDITIONS.length] ?? '';
  const generation = Math.floor((round - 1) / EDITIONS.length);
  return generation === 0 ? `${name} ${edition}` : `${name} ${edition} ${generation + 1}`;
}

function composeTexts(
  random: SeededRandom,
  { department, type }: DepartmentType,
  names: { name: string; brand: BrandSlug },
): Pick<DemoProduct, 'description' | 'seo'> {
  const brand = brandNameOf(names.brand);
  const fill = (text: string): string => text.replaceAll('{name}', names.name).replaceAll('{brand}', brand);
  const opening = fill(random.pick(type.openings));
  const details = random.sample(type.details, 3).map(fill);
  const closing = fill(random.pick(type.closings));
  return {
    description: [opening, details.join(' '), closing].join('\n\n'),
    seo: {
      title: `${names.name} by ${brand} | ${type.name}`,
      description: shorten(
        `${opening} ${details[0] ?? ''}`,
        `${type.name} in ${department.name}: ${names.name}.`,
      ),
    },
  };
}

/** At most 158 characters, ending with a sentence; `fallback` when not even the first one fits. */
function shorten(text: string, fallback: string): string {
  if (text.length <= 158) return text;
  const end = text.slice(0, 158).lastIndexOf('. ');
  return end < 0 ? fallback : text.slice(0, end + 1);
}

function composePictures(
  { type }: DepartmentType,
  { name, slug, colours }: { name: string; slug: string; colours: readonly DemoOptionValue[] },
): DemoPicture[] {
  const hexes = colours.flatMap(({ hex }) => hex ?? []);
  const common = { silhouette: type.silhouette, hexes, seed: slug };
  const [first] = colours;
  return [
    {
      ...common,
      key: `${slug}-main`,
      view: 'main',
      alt: `${name} in ${first?.name.toLowerCase() ?? 'one colour'}`,
    },
    { ...common, key: `${slug}-detail`, view: 'detail', alt: `${name}, close-up` },
    ...(colours.length > 1
      ? [
          {
            ...common,
            key: `${slug}-colours`,
            view: 'colours' as const,
            alt: `${name} in ${colours.length} colours`,
          },
        ]
      : []),
  ];
}

function serialOf(serial: number): string {
  return String(serial + 1).padStart(4, '0');
}

function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{Mark}’']/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
