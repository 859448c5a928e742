import type { Money } from '@storegraph/money';
import type { Option, OptionValue } from './option.js';

/** A value as the graph shows it, before its money is shaped. */
export type ShownValue = {
  id: string;
  name: string;
  value: string;
  hex: string | null;
  priceAdjustment: Money | null;
};

/** A value of a choice: it has no price of its own, the variants have theirs. */
export function choiceValue(option: Option, { id, value, hex }: OptionValue): ShownValue {
  return { id, name: option.name, value, hex, priceAdjustment: null };
}

export function customizationValue(option: Option, value: OptionValue, currency: string): ShownValue {
  const { id, value: text, hex, priceAdjustmentMinor } = value;
  return {
    id,
    name: option.name,
    value: text,
    hex,
    priceAdjustment: { minor: priceAdjustmentMinor, currency },
  };
}
