import { Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { exponentOf, formatDecimal, type Money } from '@storegraph/money';
import { CacheControl, Cost, Shareable } from './directives.js';
import { BigIntText, CurrencyCode, Decimal } from './scalars.js';

@InterfaceType('Node', {
  description: 'Anything with an id of its own, found again through `node(id)`.',
  autoRegisterImplementations: false,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Identifies this object in the whole graph.' })
  id!: string;
}

// A value, not something to look up.
@Cost(0)
@Shareable()
@CacheControl({ inheritMaxAge: true })
@ObjectType('Money', { description: 'An exact amount of a currency.' })
export class MoneyType {
  @Field(() => Decimal, { description: 'The amount in whole units, with all its decimals: `"299.99"`.' })
  amount!: string;

  @Field(() => CurrencyCode, { description: 'The currency of the amount.' })
  currencyCode!: string;

  @Field(() => BigIntText, { description: 'The amount in minor units, such as cents: `"29999"`.' })
  minor!: string;

  @Field(() => Int, { description: 'How many decimals the currency has.' })
  exponent!: number;
}

/** An amount in the shape the graph shows it. */
export function toMoneyType({ minor, currency }: Money): MoneyType {
  return {
    amount: formatDecimal(minor, currency),
    currencyCode: currency,
    minor: minor.toString(),
    exponent: exponentOf(currency),
  };
}
