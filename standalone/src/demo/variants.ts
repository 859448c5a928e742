import { COLOURS, type ColourName } from './colours.js';
import type { DemoOption, DemoOptionValue, DemoVariant } from './demo-data.js';
import type { ModelTable, ProductTypeTable } from './department-table.js';
import { formerPrice } from './price-points.js';
import type { SeededRandom } from './seeded-random.js';

const MAX_VARIANTS = 12;

/** The colours a product comes in and what can be chosen. One colour alone is no choice. */
export function composeOptions(
  random: SeededRandom,
  type: ProductTypeTable,
  model: ModelTable | null,
): { colours: readonly DemoOptionValue[]; options: readonly DemoOption[] } {
  const choices = (type.choices ?? []).map(({ name, values }) => ({
    name,
    values: values.map((value) => ({
      name: value.name,
      hex: null,
      priceAdjustmentMinor: value.adjustmentMinor ?? 0n,
    })),
  }));
  const combinations = choices.reduce((count, { values }) => count * values.length, 1);
  const room = Math.floor(MAX_VARIANTS / combinations);
  const count = random.int(1, Math.max(1, Math.min(room, type.colours.length, 4)));
  const colours = model
    ? model.colours.map(({ name, adjustmentMinor }) => colourValue(name, adjustmentMinor))
    : random.sample(type.colours, count).map((name) => colourValue(name, 0n));
  return {
    colours,
    options: colours.length > 1 ? [{ name: 'Colour', values: colours }, ...choices] : choices,
  };
}

function colourValue(name: ColourName, priceAdjustmentMinor: bigint): DemoOptionValue {
  return { name, hex: COLOURS[name], priceAdjustmentMinor };
}

/** What all variants of one product share. */
export interface VariantBasis {
  skuPrefix: string;
  /** Number of the product in the whole catalogue; barcodes grow from it. */
  serial: number;
  basePriceMinor: bigint;
  weightGrams: number;
}

/** One variant for every combination of option values. */
export function composeVariants(
  random: SeededRandom,
  options: readonly DemoOption[],
  basis: VariantBasis,
): DemoVariant[] {
  const isReduced = random.chance(0.14);
  return combine(options).map((values, at) => {
    const adjustment = values.reduce((sum, { priceAdjustmentMinor }) => sum + priceAdjustmentMinor, 0n);
    const priceMinor = basis.basePriceMinor + adjustment;
    return {
      sku: [basis.skuPrefix, ...values.map(({ name }) => skuPart(name))].join('-'),
      optionValues: values.map(({ name }) => name),
      basePriceMinor: basis.basePriceMinor,
      priceMinor,
      compareAtMinor: isReduced ? formerPrice(random, priceMinor) : null,
      weightGrams: Math.round(basis.weightGrams * (1 + at * 0.01)),
      barcode: ean13(`20${String(basis.serial * MAX_VARIANTS + at).padStart(10, '0')}`),
    };
  });
}

function combine(options: readonly DemoOption[]): DemoOptionValue[][] {
  return options.reduce<DemoOptionValue[][]>(
    (combinations, { values }) => combinations.flatMap((chosen) => values.map((value) => [...chosen, value])),
    [[]],
  );
}

/** `Terracotta` → `TER`, `EU 42` → `EU42`, `45 × 45 cm` → `45X45`: enough to tell the values of one option apart. */
function skuPart(name: string): string {
  const plain = name
    .toUpperCase()
    .replace('×', 'X')
    .replace(/[^A-Z0-9]/g, '');
  return /\d/.test(plain) ? plain.replace(/(?:CM|ML|PIECES)$/, '') : plain.slice(0, 3);
}

/** Twelve digits and their check digit (GS1 General Specifications, 7.9.1). */
function ean13(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${twelve}${(10 - (sum % 10)) % 10}`;
}
