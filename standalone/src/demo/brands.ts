/** The makers of the demonstration shop; all of them invented. */
const BRANDS = {
  tarnwick: ['Tarnwick', 'Steel and alloy bicycles, brazed and painted in one small workshop.'],
  velloro: ['Velloro', 'Fast, quiet gear for people who ride every day.'],
  'hubbard-rise': ['Hubbard & Rise', 'Bags and locks for city riding, built to be repaired.'],
  loopline: ['Loopline', 'Lights, bottles and small parts that simply work.'],
  fernhollow: ['Fernhollow', 'Tents and packs tested on wet northern hills.'],
  skarven: ['Skarven', 'Warm, light equipment for cold nights outside.'],
  northbrae: ['Northbrae', 'Camp kitchens and comforts that pack small.'],
  'camp-tillia': ['Camp Tillia', 'Friendly, colourful camping for families.'],
  'ember-oat': ['Ember & Oat', 'Stoneware and slow mornings.'],
  morrowware: ['Morrowware', 'Honest cookware with a lifetime handle guarantee.'],
  lindqvale: ['Lindqvale', 'Calm lighting and textiles in natural materials.'],
  'table-larch': ['Table & Larch', 'Tools for people who cook most evenings.'],
  sonderby: ['Sonderby', 'Sound with nothing added.'],
  halvorn: ['Halvorn', 'Loudspeakers and headphones tuned by ear in a converted dairy.'],
  quietform: ['Quietform', 'Furniture and light for concentrated work.'],
  'plenum-desk': ['Plenum Desk', 'Stationery and keyboards for tidy thinkers.'],
  wrenfield: ['Wrenfield', 'Everyday clothes cut to last longer than a season.'],
  'saltmarsh-supply': ['Saltmarsh Supply', 'Weatherproof layers from the coast.'],
  'mirelle-knit': ['Mirelle Knit', 'Soft knitwear from traceable wool.'],
  'fell-cobble': ['Fell & Cobble', 'Footwear with soles that can be replaced.'],
  'thistle-loam': ['Thistle & Loam', 'Garden tools forged, ground and oiled by hand.'],
  'potters-acre': ['Potters Acre', 'Frost-proof pots thrown from local clay.'],
  dewfold: ['Dewfold', 'Watering, seeds and the patience in between.'],
  'sparrow-lodge': ['Sparrow Lodge', 'Homes and benches for everyone who visits the garden.'],
  'pipkin-works': ['Pipkin Works', 'Wooden toys with a good weight in the hand.'],
  tumbleberry: ['Tumbleberry', 'Soft friends, washable and fearless.'],
  bramblekin: ['Bramblekin', 'Outdoor play for every kind of weather.'],
  noodlewood: ['Noodlewood', 'Puzzles and games for the whole table.'],
} as const satisfies Record<string, readonly [name: string, about: string]>;

export type BrandSlug = keyof typeof BRANDS;

export interface DemoBrand {
  slug: BrandSlug;
  name: string;
  about: string;
}

export const DEMO_BRANDS: readonly DemoBrand[] = Object.entries(BRANDS).map(([slug, [name, about]]) => ({
  slug: slug as BrandSlug,
  name,
  about,
}));

export function brandNameOf(slug: BrandSlug): string {
  return BRANDS[slug][0];
}
