import { DEMO_BRANDS, type BrandSlug, brandNameOf } from './brands.js';
import { COLOURS, type ColourName } from './colours.js';
import { fnv1a } from './seeded-random.js';

const SHAPES = [
  '<circle cx="200" cy="200" r="168"/>',
  '<rect x="36" y="36" width="328" height="328" rx="84"/>',
  '<path d="M200 24L352 112L352 288L200 376L48 288L48 112Z"/>',
  '<path d="M200 28C330 28 372 90 372 200C372 310 330 372 200 372C70 372 28 310 28 200C28 90 70 28 200 28Z"/>',
  '<path d="M48 56L352 56L352 220C352 310 280 356 200 380C120 356 48 310 48 220Z"/>',
];

const PAIRS: readonly (readonly [ground: ColourName, mark: ColourName])[] = [
  ['Forest', 'Butter'],
  ['Ink', 'Coral'],
  ['Terracotta', 'Chalk'],
  ['Plum', 'Rose'],
  ['Teal', 'Chalk'],
  ['Graphite', 'Mustard'],
  ['Ocean', 'Sand'],
  ['Walnut', 'Butter'],
  ['Cherry', 'Chalk'],
  ['Moss', 'Chalk'],
];

/** The mark of a brand as SVG text, 400 by 400 units: one or two initials in a simple shape. */
export function renderBrandLogo(slug: BrandSlug): string {
  const at = DEMO_BRANDS.findIndex((brand) => brand.slug === slug);
  const [ground, mark] = PAIRS[(at * 7 + 3) % PAIRS.length] ?? ['Ink', 'Chalk'];
  const shape = SHAPES[fnv1a(slug) % SHAPES.length] ?? '';
  const initials = monogramOf(brandNameOf(slug));
  const size = initials.length === 1 ? 210 : 134;
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">' +
    `<rect width="400" height="400" fill="#ffffff"/><g fill="${COLOURS[ground]}">${shape}</g>` +
    `<path d="M120 ${size > 200 ? 292 : 276}L280 ${size > 200 ? 292 : 276}" stroke="${COLOURS[mark]}" stroke-width="9" stroke-linecap="round"/>` +
    `<text x="200" y="${size > 200 ? 264 : 244}" font-family="Georgia, 'DejaVu Serif', serif" font-weight="700" font-size="${size}" text-anchor="middle" fill="${COLOURS[mark]}">${initials}</text></svg>`
  );
}

/** First letters of the first two words; one letter when both are the same, which reads better. */
function monogramOf(name: string): string {
  const [first = '', second = ''] = name.split(/[\s&]+/).map((word) => word.charAt(0));
  return first === second ? first : first + second;
}
