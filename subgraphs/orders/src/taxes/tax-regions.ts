import { TaxMode, type TaxRegion } from './tax.js';

/**
 * General sales tax rates of US states, in millionths, without those of counties and towns, as published by the
 * states. Five states have none.
 */
const US_STATES: Readonly<Record<string, number>> = {
  AL: 40_000,
  AR: 65_000,
  AZ: 56_000,
  CA: 72_500,
  CO: 29_000,
  CT: 63_500,
  DC: 60_000,
  FL: 60_000,
  GA: 40_000,
  HI: 40_000,
  IA: 60_000,
  ID: 60_000,
  IL: 62_500,
  IN: 70_000,
  KS: 65_000,
  KY: 60_000,
  LA: 50_000,
  MA: 62_500,
  MD: 60_000,
  ME: 55_000,
  MI: 60_000,
  MN: 68_750,
  MO: 42_250,
  MS: 70_000,
  NC: 47_500,
  ND: 50_000,
  NE: 55_000,
  NJ: 66_250,
  NM: 48_750,
  NV: 68_500,
  NY: 40_000,
  OH: 57_500,
  OK: 45_000,
  PA: 60_000,
  RI: 70_000,
  SC: 60_000,
  SD: 42_000,
  TN: 70_000,
  TX: 62_500,
  UT: 61_000,
  VA: 53_000,
  VT: 60_000,
  WA: 65_000,
  WI: 50_000,
  WV: 60_000,
  WY: 40_000,
};

/** Standard rates of value added tax, in millionths (Directive 2006/112/EC, Article 96), and of its neighbours. */
const VALUE_ADDED: Readonly<Record<string, number>> = {
  AT: 200_000,
  BE: 210_000,
  BG: 200_000,
  CH: 81_000,
  CY: 190_000,
  CZ: 210_000,
  DE: 190_000,
  DK: 250_000,
  EE: 240_000,
  ES: 210_000,
  FI: 255_000,
  FR: 200_000,
  GB: 200_000,
  GR: 240_000,
  HR: 250_000,
  HU: 270_000,
  IE: 230_000,
  IS: 240_000,
  IT: 220_000,
  LT: 210_000,
  LU: 170_000,
  LV: 210_000,
  MT: 180_000,
  NL: 210_000,
  NO: 250_000,
  PL: 230_000,
  PT: 230_000,
  RO: 210_000,
  SE: 250_000,
  SI: 220_000,
  SK: 230_000,
};

const GST = 'GST';

/** Federal and provincial taxes of Canada, in millionths. */
const CANADA: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AB: { [GST]: 50_000 },
  BC: { [GST]: 50_000, PST: 70_000 },
  MB: { [GST]: 50_000, RST: 70_000 },
  NB: { HST: 150_000 },
  NL: { HST: 150_000 },
  NS: { HST: 140_000 },
  NT: { [GST]: 50_000 },
  NU: { [GST]: 50_000 },
  ON: { HST: 130_000 },
  PE: { HST: 150_000 },
  QC: { [GST]: 50_000, QST: 99_750 },
  SK: { [GST]: 50_000, PST: 60_000 },
  YT: { [GST]: 50_000 },
};

const GOODS_AND_SERVICES: Readonly<Record<string, number>> = { AU: 100_000, NZ: 150_000, SG: 90_000 };

const region = (
  mode: TaxMode,
  rates: Readonly<Record<string, number>>,
  taxesShipping: boolean,
): TaxRegion => ({
  mode,
  rates: Object.entries(rates).map(([name, rateMillionths]) => ({ name, rateMillionths })),
  taxesShipping,
});

/** By country, or by country and state where the states differ: `US-CA`. */
const TAX_REGIONS: ReadonlyMap<string, TaxRegion> = new Map<string, TaxRegion>([
  ...Object.entries(US_STATES).map(([state, rate]): [string, TaxRegion] => [
    `US-${state}`,
    region(TaxMode.ADDED, { [`${state} sales tax`]: rate }, false),
  ]),
  ...Object.entries(CANADA).map(([state, rates]): [string, TaxRegion] => [
    `CA-${state}`,
    region(TaxMode.ADDED, rates, true),
  ]),
  ...Object.entries(VALUE_ADDED).map(([country, rate]): [string, TaxRegion] => [
    country,
    region(TaxMode.INCLUDED, { VAT: rate }, true),
  ]),
  ...Object.entries(GOODS_AND_SERVICES).map(([country, rate]): [string, TaxRegion] => [
    country,
    region(TaxMode.INCLUDED, { [GST]: rate }, true),
  ]),
]);

const UNTAXED: TaxRegion = { mode: TaxMode.NONE, rates: [], taxesShipping: false };

/** The taxes where something is sent: the state's if it has any of its own, otherwise the country's. */
export function taxRegionOf(address: { country: string; state: string | null } | null): TaxRegion {
  if (!address) return UNTAXED;
  const { country, state } = address;
  return TAX_REGIONS.get(`${country}-${state ?? ''}`) ?? TAX_REGIONS.get(country) ?? UNTAXED;
}
