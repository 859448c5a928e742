import { Field, ID, ObjectType } from 'type-graphql';
import { money } from '@storegraph/money';
import { MoneyType, toMoneyType } from '@storegraph/subgraph-server';
import type { QuotedCustomization } from '../quotes/quote.js';

@ObjectType({ description: 'Something chosen for one line, such as a gift wrap.' })
export class ChosenCustomization {
  @Field(() => ID, { description: 'What was chosen, to choose it again.' })
  valueId!: string;

  @Field(() => String, { description: 'What is customized: `Gift wrap`.' })
  name!: string;

  @Field(() => String, { description: 'What was chosen: `Linen`.' })
  value!: string;

  @Field(() => MoneyType, { description: 'What it adds to the price of one; the unit price contains it.' })
  priceAdjustment!: MoneyType;
}

/** Customizations as they were priced, as the graph shows them. */
export function toChosenCustomizations(
  customizations: readonly QuotedCustomization[],
  currency: string,
): ChosenCustomization[] {
  return customizations.map(({ valueId, name, value, priceAdjustmentMinor }) => ({
    valueId,
    name,
    value,
    priceAdjustment: toMoneyType(money(priceAdjustmentMinor, currency)),
  }));
}
