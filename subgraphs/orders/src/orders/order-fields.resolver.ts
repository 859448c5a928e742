import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { money } from '@storegraph/money';
import { AssumedSize, MoneyType, toMoneyType } from '@storegraph/subgraph-server';
import { ChosenCustomization, toChosenCustomizations } from '../carts/customization.type.js';
import { TaxLine, toTaxLines, Totals, toTotalsType } from '../checkout/totals.type.js';
import type { Context } from '../context.js';
import { ProductVariant } from '../references/product-variant.type.js';
import { Product } from '../references/product.type.js';
import { Seller } from '../references/seller.type.js';
import { User } from '../references/user.type.js';
import { PostalAddress } from '../shipping/address.type.js';
import type { TaxMode } from '../taxes/tax.js';
import { allowedTransitions, OrderStatus } from './order-lifecycle.js';
import type { Order, OrderEvent, OrderLine } from './order.js';
import { OrderDiscount, OrderEventType, OrderLineType, OrderType } from './order.type.js';

/** A line together with what it takes from its order. */
type ShownLine = OrderLine & { readonly currency: string };

@Resolver(() => OrderType)
export class OrderFieldsResolver {
  @FieldResolver(() => User, { nullable: true, description: 'Who bought it; nobody when a guest did.' })
  customer(@Root() { customerId }: Order) {
    return customerId === null ? null : { id: customerId };
  }

  @AssumedSize(5)
  @FieldResolver(() => [OrderLineType], { description: 'What was bought.' })
  async lines(@Root() { id, currency }: Order, @Ctx() { loaders }: Context): Promise<ShownLine[]> {
    return (await loaders.linesOfOrder.load(id)).map((line) => ({ ...line, currency }));
  }

  @FieldResolver(() => Totals, { description: 'What it cost.' })
  async totals(@Root() order: Order, @Ctx() { loaders }: Context) {
    const taxes = await loaders.taxLinesOfOrder.load(order.id);
    return toTotalsType({ ...order, taxMode: order.taxMode as TaxMode, taxes });
  }

  @AssumedSize(2)
  @FieldResolver(() => [OrderDiscount], { description: 'The discounts it was placed with.' })
  async discounts(@Root() { id, currency }: Order, @Ctx() { loaders }: Context) {
    const discounts = await loaders.discountsOfOrder.load(id);
    return discounts.map(({ code, amountMinor }) => ({
      code,
      amount: toMoneyType(money(amountMinor, currency)),
    }));
  }

  @FieldResolver(() => PostalAddress, { description: 'Where it is sent.' })
  shippingAddress(@Root() { shippingAddress }: Order) {
    return shippingAddress;
  }

  @FieldResolver(() => PostalAddress, { nullable: true, description: 'Who is billed, if somebody else.' })
  billingAddress(@Root() { billingAddress }: Order) {
    return billingAddress;
  }

  @AssumedSize(6)
  @FieldResolver(() => [OrderEventType], { description: 'What has happened to it, first things first.' })
  timeline(@Root() { id }: Order, @Ctx() { loaders }: Context) {
    return loaders.eventsOfOrder.load(id);
  }

  @AssumedSize(4)
  @FieldResolver(() => [OrderStatus], { description: 'What can follow where it is now.' })
  allowedTransitions(@Root() { status }: Order) {
    return allowedTransitions(status);
  }
}

@Resolver(() => OrderLineType)
export class OrderLineResolver {
  @FieldResolver(() => ProductVariant, { nullable: true, description: 'The variant, if it still exists.' })
  variant(@Root() { variantId }: ShownLine) {
    return { id: variantId };
  }

  @FieldResolver(() => Product, { nullable: true, description: 'The product, if it still exists.' })
  product(@Root() { productId }: ShownLine) {
    return { id: productId };
  }

  @FieldResolver(() => Seller, { nullable: true, description: 'Who sells it, if not the shop itself.' })
  seller(@Root() { sellerId }: ShownLine) {
    return sellerId === null ? null : { id: sellerId };
  }

  @AssumedSize(3)
  @FieldResolver(() => [ChosenCustomization], { description: 'How it is customized.' })
  customizations(@Root() { customizations, currency }: ShownLine) {
    return toChosenCustomizations(customizations, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What one cost, customizations included.' })
  unitPrice(@Root() { unitPriceMinor, currency }: ShownLine) {
    return toMoneyType(money(unitPriceMinor, currency));
  }

  @FieldResolver(() => MoneyType, { description: 'What they cost together, before discounts and added tax.' })
  subtotal(@Root() { subtotalMinor, currency }: ShownLine) {
    return toMoneyType(money(subtotalMinor, currency));
  }

  @FieldResolver(() => MoneyType, { description: 'What was taken off.' })
  discount(@Root() { discountMinor, currency }: ShownLine) {
    return toMoneyType(money(discountMinor, currency));
  }

  @AssumedSize(2)
  @FieldResolver(() => [TaxLine], { description: 'The tax on it.' })
  async taxLines(@Root() { id, orderId, currency }: ShownLine, @Ctx() { loaders }: Context) {
    const taxes = await loaders.taxLinesOfOrder.load(orderId);
    return toTaxLines(
      taxes.filter(({ orderLineId }) => orderLineId === id),
      currency,
    );
  }

  @FieldResolver(() => MoneyType, { description: 'What was paid for it, tax included.' })
  total(@Root() { totalMinor, currency }: ShownLine) {
    return toMoneyType(money(totalMinor, currency));
  }
}

@Resolver(() => OrderEventType)
export class OrderEventResolver {
  @FieldResolver(() => User, { nullable: true, description: 'Who did it, if a person did.' })
  by(@Root() { byId }: OrderEvent) {
    return byId === null ? null : { id: byId };
  }
}
