/** One way to have things sent, in one part of the world. Prices in minor units of the shop's currency. */
export type ShippingRate = {
  /** Names the option on carts and orders: `standard`. */
  readonly code: string;
  readonly carrier: string;
  readonly service: string;
  readonly minDays: number;
  readonly maxDays: number;
  readonly baseMinor: bigint;
  /** For each kilogram, the started one included, beyond the first. */
  readonly perKilogramMinor: bigint;
  /** Goods worth this much are sent free of charge. */
  readonly freeFromMinor: bigint | null;
};

export type ShippingZone = {
  readonly name: string;
  /** ISO 3166-1 alpha-2; `*` is everywhere else. */
  readonly countries: readonly string[];
  readonly rates: readonly ShippingRate[];
};

const EUROPE =
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK';

/** Where the shop sends things, and for how much. The first zone that names the country serves it. */
export const SHIPPING_ZONES: readonly ShippingZone[] = [
  {
    name: 'Domestic',
    countries: ['US'],
    rates: [
      {
        code: 'standard',
        carrier: 'USPS',
        service: 'Ground Advantage',
        minDays: 2,
        maxDays: 5,
        baseMinor: 595n,
        perKilogramMinor: 120n,
        freeFromMinor: 7_500n,
      },
      {
        code: 'express',
        carrier: 'UPS',
        service: '2nd Day Air',
        minDays: 1,
        maxDays: 2,
        baseMinor: 1_495n,
        perKilogramMinor: 350n,
        freeFromMinor: null,
      },
    ],
  },
  {
    name: 'Neighbours',
    countries: ['CA', 'MX'],
    rates: [
      {
        code: 'standard',
        carrier: 'USPS',
        service: 'First-Class International',
        minDays: 5,
        maxDays: 12,
        baseMinor: 1_295n,
        perKilogramMinor: 400n,
        freeFromMinor: 20_000n,
      },
    ],
  },
  {
    name: 'Europe',
    countries: EUROPE.split(' '),
    rates: [
      {
        code: 'standard',
        carrier: 'DHL',
        service: 'Parcel International',
        minDays: 5,
        maxDays: 10,
        baseMinor: 1_695n,
        perKilogramMinor: 500n,
        freeFromMinor: 25_000n,
      },
      {
        code: 'express',
        carrier: 'DHL',
        service: 'Express Worldwide',
        minDays: 2,
        maxDays: 4,
        baseMinor: 3_995n,
        perKilogramMinor: 900n,
        freeFromMinor: null,
      },
    ],
  },
  {
    name: 'Everywhere else',
    countries: ['*'],
    rates: [
      {
        code: 'standard',
        carrier: 'DHL',
        service: 'Parcel International',
        minDays: 8,
        maxDays: 20,
        baseMinor: 2_495n,
        perKilogramMinor: 800n,
        freeFromMinor: null,
      },
    ],
  },
];
