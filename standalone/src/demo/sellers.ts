import type { BrandSlug } from './brands.js';
import type { DemoSeller } from './demo-data.js';

/** Two independent sellers; everything of other brands is sold by the shop itself. */
export const DEMO_SELLERS: readonly DemoSeller[] = [
  {
    slug: 'garden-gate-makers',
    businessName: 'Garden Gate Makers',
    about: 'A cooperative of smiths, potters and joiners who all wanted better tools for their own gardens.',
    ownerEmail: 'seller@storegraph.test',
    brandSlugs: ['thistle-loam', 'potters-acre', 'sparrow-lodge'],
    commissionRate: '0.12',
  },
  {
    slug: 'small-wonders-workshop',
    businessName: 'Small Wonders Workshop',
    about: 'Toys and knitwear from two sisters, eleven knitters and one very patient carpenter.',
    ownerEmail: 'seller2@storegraph.test',
    brandSlugs: ['pipkin-works', 'tumbleberry', 'mirelle-knit'],
    commissionRate: '0.15',
  },
];

export function sellerOfBrand(brand: BrandSlug): DemoSeller | null {
  return DEMO_SELLERS.find(({ brandSlugs }) => brandSlugs.includes(brand)) ?? null;
}
