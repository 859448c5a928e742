import { newId } from '@storegraph/ids';
import { InvalidAmount, parseDecimal } from '@storegraph/money';
import { choicesOf, type Option, type WantedOption, OptionKind } from '../options/option.js';
import { variantName, type Variant } from '../variants/variant.js';
import { isSane, type SavedProduct, type VariantFields } from './product-input.js';

/** Something in an input that fits its field but not the product. */
export class UnfitInput extends Error {
  constructor(
    readonly path: string[],
    message: string,
  ) {
    super(message);
  }
}

/** @throws {UnfitInput} when the text is no amount of the currency, or an absurd one */
export function minorOf(text: string, currency: string, path: string[]): bigint {
  try {
    const minor = parseDecimal(text, currency);
    if (isSane(minor)) return minor;
  } catch (error) {
    if (!(error instanceof InvalidAmount)) throw error;
  }
  throw new UnfitInput(path, `is an amount of ${currency}, such as 12.00`);
}

/** The options an input asks for; a kind it does not mention stays as it is. */
export function wantedOptions(
  input: Pick<SavedProduct, 'options' | 'customizations'>,
  existing: readonly Option[],
  currency: string,
): WantedOption[] {
  const kept = (kind: OptionKind) => existing.filter((option) => option.kind === kind);
  const choices: readonly WantedOption[] =
    input.options?.map((option) => ({ kind: OptionKind.CHOICE, ...option })) ?? kept(OptionKind.CHOICE);
  const customizations: readonly WantedOption[] =
    input.customizations?.map((option, at) => ({
      kind: OptionKind.CUSTOMIZATION,
      name: option.name,
      required: option.required,
      values: option.values.map(({ value, hex, priceAdjustment }, index) => ({
        value,
        hex,
        priceAdjustmentMinor: minorOf(priceAdjustment, currency, [
          'input',
          'customizations',
          String(at),
          'values',
          String(index),
          'priceAdjustment',
        ]),
      })),
    })) ?? kept(OptionKind.CUSTOMIZATION);
  return [...choices, ...customizations];
}

/** Where a variant that does not exist yet will stand. */
export type NewVariant = { readonly isNew: true; readonly id: string; readonly position: number };

export const newVariant = (position: number, id: string = newId('variant')): NewVariant => ({
  isNew: true,
  id,
  position,
});

type Belonging = {
  productId: string;
  productName: string;
  currency: string;
  options: readonly Option[];
  now: Date;
};

/**
 * A variant from what somebody says about it; what is left out stays as it was.
 *
 * @throws {UnfitInput} for a value the product's options do not have, or a former price below the price
 */
export function draftVariant(
  fields: VariantFields,
  before: Variant | NewVariant,
  { path, ...of }: Belonging & { path: string[] },
): Variant {
  const known = 'isNew' in before ? null : before;
  const chosen = choose(fields, choicesOf(of.options), [...path, 'optionValues']);
  const currency = known?.currency ?? of.currency;
  const priceMinor = minorOf(fields.price, currency, [...path, 'price']);
  const compareAtMinor = fields.compareAtPrice
    ? minorOf(fields.compareAtPrice, currency, [...path, 'compareAtPrice'])
    : null;
  if (compareAtMinor !== null && compareAtMinor <= priceMinor)
    throw new UnfitInput([...path, 'compareAtPrice'], 'is above the price');
  return {
    id: before.id,
    productId: of.productId,
    sku: fields.sku,
    name:
      fields.name ??
      variantName(
        chosen.map(({ value }) => value),
        of.productName,
      ),
    optionValueIds: chosen.map(({ id }) => id),
    position: fields.position ?? before.position,
    weightGrams: fields.weightGrams ?? known?.weightGrams ?? 0,
    barcode: fields.barcode ?? known?.barcode ?? null,
    requiresShipping: fields.requiresShipping ?? known?.requiresShipping ?? true,
    taxable: fields.taxable ?? known?.taxable ?? true,
    currency,
    priceMinor,
    compareAtMinor,
    costMinor: known?.costMinor ?? null,
    active: true,
    sellable: known?.sellable ?? null,
    inStock: known?.inStock ?? null,
    stockAsOf: known?.stockAsOf ?? null,
    createdAt: known?.createdAt ?? of.now,
    updatedAt: of.now,
  };
}

function choose(fields: VariantFields, choices: readonly Option[], path: string[]) {
  const unknown = fields.optionValues.find(({ name }) => !choices.some((option) => option.name === name));
  if (unknown) throw new UnfitInput(path, `the product has no option "${unknown.name}"`);
  return choices.map((option) => {
    const wanted = fields.optionValues.find(({ name }) => name === option.name);
    const value = option.values.find((known) => known.value === wanted?.value);
    if (!value)
      throw new UnfitInput(
        path,
        wanted ? `"${option.name}" has no value "${wanted.value}"` : `"${option.name}" is not chosen`,
      );
    return value;
  });
}

/** Checks that variants agree with each other and with the options: no two alike, none with a value that is gone. */
export function requireDistinct(variants: readonly Variant[], options: readonly Option[]): void {
  const choices = choicesOf(options);
  const known = new Set(choices.flatMap(({ values }) => values.map(({ id }) => id)));
  const seen = new Map<string, string>();
  for (const { active, sku, optionValueIds } of variants) {
    if (!active) continue;
    if (optionValueIds.length !== choices.length || !optionValueIds.every((id) => known.has(id)))
      throw new UnfitInput(['input', 'options'], `the variant ${sku} needs a value of every option`);
    const key = optionValueIds.join();
    const other = seen.get(key);
    if (other !== undefined)
      throw new UnfitInput(['input', 'variants'], `${other} and ${sku} have the same options`);
    seen.set(key, sku);
  }
}
