import { SHIPPING_ZONES, type ShippingRate, type ShippingZone } from './shipping-zones.js';

/** What is to be sent. */
export type Parcel = {
  readonly lines: readonly {
    readonly quantity: number;
    readonly weightGrams: number;
    readonly requiresShipping: boolean;
  }[];
  /** What the goods cost, in minor units of the shop's currency. */
  readonly goodsMinor: bigint;
};

/** One way to have a parcel sent, and what it costs. */
export type ShippingOption = Pick<ShippingRate, 'code' | 'carrier' | 'service' | 'minDays' | 'maxDays'> & {
  readonly priceMinor: bigint;
};

const GRAMS_PER_KILOGRAM = 1_000;

/** Whether anything is to be sent at all; downloads and vouchers are not. */
export function needsShipping(lines: Parcel['lines']): boolean {
  return lines.some((line) => line.requiresShipping);
}

/** The ways to send a parcel to a country, as the shop lists them; none when nothing is to be sent. */
export function shippingOptionsFor(
  parcel: Parcel,
  country: string,
  zones: readonly ShippingZone[] = SHIPPING_ZONES,
): ShippingOption[] {
  if (!needsShipping(parcel.lines)) return [];
  const zone =
    zones.find(({ countries }) => countries.includes(country)) ??
    zones.find(({ countries }) => countries.includes('*'));
  return (zone?.rates ?? []).map(({ code, carrier, service, minDays, maxDays, ...rate }) => ({
    code,
    carrier,
    service,
    minDays,
    maxDays,
    priceMinor: priceOf(rate, parcel),
  }));
}

function priceOf(
  rate: Pick<ShippingRate, 'baseMinor' | 'perKilogramMinor' | 'freeFromMinor'>,
  { lines, goodsMinor }: Parcel,
): bigint {
  if (rate.freeFromMinor !== null && goodsMinor >= rate.freeFromMinor) return 0n;
  const grams = lines
    .filter((line) => line.requiresShipping)
    .reduce((sum, line) => sum + line.quantity * line.weightGrams, 0);
  const further = Math.max(0, Math.ceil(grams / GRAMS_PER_KILOGRAM) - 1);
  return rate.baseMinor + rate.perKilogramMinor * BigInt(further);
}
