import { newId } from '@storegraph/ids';

/** Whether an option tells variants apart, or is chosen for one line in the cart. */
export enum OptionKind {
  CHOICE = 'CHOICE',
  CUSTOMIZATION = 'CUSTOMIZATION',
}

export type OptionValue = {
  readonly id: string;
  readonly optionId: string;
  readonly value: string;
  readonly hex: string | null;
  /** Added to the variant's price, in minor units of the product's currency; 0 for a choice. */
  readonly priceAdjustmentMinor: bigint;
  readonly position: number;
};

export type Option = {
  readonly id: string;
  readonly productId: string;
  readonly kind: OptionKind;
  readonly name: string;
  /** A customization that has to be chosen before the product can be bought. */
  readonly required: boolean;
  readonly position: number;
  readonly values: readonly OptionValue[];
};

/** An option as somebody wants it, by names instead of ids. */
export type WantedOption = {
  readonly kind: OptionKind;
  readonly name: string;
  readonly required?: boolean;
  readonly values: readonly {
    readonly value: string;
    readonly hex?: string | null;
    readonly priceAdjustmentMinor?: bigint;
  }[];
};

/** The options of a product after a change, and what no longer exists. */
export type MergedOptions = {
  readonly options: readonly Option[];
  readonly removedOptionIds: readonly string[];
  readonly removedValueIds: readonly string[];
};

/**
 * Makes a product's options those that are wanted. Whatever keeps its name keeps its id, so that variants, carts and
 * links that point at it stay right.
 */
export function mergeOptions(
  productId: string,
  existing: readonly Option[],
  wanted: readonly WantedOption[],
): MergedOptions {
  const options = wanted.map((option, position): Option => {
    const earlier = existing.find(({ kind, name }) => kind === option.kind && name === option.name);
    const id = earlier?.id ?? newId('option');
    return {
      id,
      productId,
      kind: option.kind,
      name: option.name,
      required: option.required ?? false,
      position,
      values: option.values.map((value, at) => ({
        id: earlier?.values.find((known) => known.value === value.value)?.id ?? newId('optionValue'),
        optionId: id,
        value: value.value,
        hex: value.hex ?? null,
        priceAdjustmentMinor: value.priceAdjustmentMinor ?? 0n,
        position: at,
      })),
    };
  });
  const keptOptions = new Set(options.map(({ id }) => id));
  const keptValues = new Set(options.flatMap(({ values }) => values.map(({ id }) => id)));
  return {
    options,
    removedOptionIds: existing.filter(({ id }) => !keptOptions.has(id)).map(({ id }) => id),
    removedValueIds: existing
      .flatMap(({ values }) => values)
      .filter(({ id }) => !keptValues.has(id))
      .map(({ id }) => id),
  };
}

export function choicesOf(options: readonly Option[]): Option[] {
  return options.filter(({ kind }) => kind === OptionKind.CHOICE);
}

export function customizationsOf(options: readonly Option[]): Option[] {
  return options.filter(({ kind }) => kind === OptionKind.CUSTOMIZATION);
}

/** Neither names nor values contain it (ASCII, unit separator). */
const SEPARATOR = '\u001f';

/** How lists filter by an option: its name and one of its values. */
export function optionTerm(name: string, value: string): string {
  return `${name}${SEPARATOR}${value}`;
}

export function readOptionTerm(term: string): { name: string; value: string } {
  const [name = '', value = ''] = term.split(SEPARATOR);
  return { name, value };
}

/** The values with these ids, in the order of the options they belong to. */
export function valuesById(
  options: readonly Option[],
  ids: readonly string[],
): { option: Option; value: OptionValue }[] {
  return options.flatMap((option) =>
    option.values.filter(({ id }) => ids.includes(id)).map((value) => ({ option, value })),
  );
}
