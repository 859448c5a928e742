import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { money } from '@storegraph/money';
import { AssumedSize, Decimal, MoneyType, toMoneyType } from '@storegraph/subgraph-server';
import { TaxMode } from '../taxes/tax.js';
import type { TaxAmount } from './totals.js';

registerEnumType(TaxMode, {
  name: 'TaxMode',
  description: 'How tax and prices go together.',
  valuesConfig: {
    ADDED: { description: 'The tax comes on top of the prices.' },
    INCLUDED: { description: 'The prices contain the tax.' },
    NONE: { description: 'No tax is due, or the address is not known yet.' },
  },
});

@ObjectType({ description: 'One tax on everything it applies to.' })
export class TaxLine {
  @Field(() => String, { description: 'Its name: `VAT`.' })
  name!: string;

  @Field(() => Decimal, { description: 'Its rate: `0.19` is 19 %.' })
  rate!: string;

  @Field(() => MoneyType, { description: 'What it is levied on, without it.' })
  base!: MoneyType;

  @Field(() => MoneyType, { description: 'How much it comes to.' })
  amount!: MoneyType;
}

@ObjectType({
  description: 'What it all costs: subtotal - discount + shipping is the total, plus tax where tax is added.',
})
export class Totals {
  @Field(() => MoneyType, { description: 'The goods, before discounts.' })
  subtotal!: MoneyType;

  @Field(() => MoneyType, { description: 'What is taken off the goods and the shipping.' })
  discount!: MoneyType;

  @Field(() => MoneyType, { description: 'Sending it, before discounts.' })
  shipping!: MoneyType;

  @Field(() => MoneyType, { description: 'The tax, whether added or contained in the prices.' })
  tax!: MoneyType;

  @Field(() => MoneyType, { description: 'What is paid.' })
  total!: MoneyType;

  @Field(() => TaxMode, { description: 'Whether the tax is added or contained.' })
  taxMode!: TaxMode;

  @AssumedSize(3)
  @Field(() => [TaxLine], { description: 'The tax, one entry for each tax and rate.' })
  taxLines!: TaxLine[];

  @Field(() => String, {
    description: 'How amounts are rounded, once per line: `HALF_AWAY_FROM_ZERO`.',
  })
  roundingMode!: string;
}

/** The totals of a basket, or those kept with an order, as the graph shows them. */
export function toTotalsType(totals: {
  readonly currency: string;
  readonly subtotalMinor: bigint;
  readonly discountMinor: bigint;
  readonly shippingMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly taxMode: TaxMode;
  readonly roundingMode: string;
  readonly taxes: readonly Omit<TaxAmount, 'lineId'>[];
}): Totals {
  const show = (minor: bigint) => toMoneyType(money(minor, totals.currency));
  return {
    subtotal: show(totals.subtotalMinor),
    discount: show(totals.discountMinor),
    shipping: show(totals.shippingMinor),
    tax: show(totals.taxMinor),
    total: show(totals.totalMinor),
    taxMode: totals.taxMode,
    roundingMode: totals.roundingMode,
    taxLines: toTaxLines(totals.taxes, totals.currency),
  };
}

/** Tax amounts of single lines, summed by tax and rate. */
export function toTaxLines(taxes: readonly Omit<TaxAmount, 'lineId'>[], currency: string): TaxLine[] {
  const sums = new Map<string, { name: string; rateMillionths: number; base: bigint; amount: bigint }>();
  for (const { name, rateMillionths, baseMinor, amountMinor } of taxes) {
    const key = `${rateMillionths} ${name}`;
    const { base, amount } = sums.get(key) ?? { base: 0n, amount: 0n };
    sums.set(key, { name, rateMillionths, base: base + baseMinor, amount: amount + amountMinor });
  }
  return [...sums.values()].map(({ name, rateMillionths, base, amount }) => ({
    name,
    rate: (rateMillionths / 1_000_000).toString(),
    base: toMoneyType(money(base, currency)),
    amount: toMoneyType(money(amount, currency)),
  }));
}
