import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { isStaff } from '@storegraph/identity';
import {
  AssumedSize,
  checkInput,
  invalidInput,
  notFound,
  Policy,
  RequiresScopes,
  requireUser,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import type { Order } from '../orders/order.js';
import { illegalTransition, OrderType } from '../orders/order.type.js';
import { Seller } from '../references/seller.type.js';
import { deliverOrder } from './deliver-order.action.js';
import { shipOrder } from './ship-order.action.js';
import { arrivedParcel, sentParcel } from './shipment-input.js';
import type { Shipment } from './shipment.js';
import {
  DeliverOrderInput,
  DeliverOrderResult,
  ShipmentLineType,
  ShipmentType,
  ShipOrderInput,
  ShipOrderResult,
} from './shipment.type.js';

/** A parcel together with what it takes from its order. */
type ShownShipment = Shipment & { readonly currency: string };

const NO_SUCH_ORDER = notFound(['input', 'orderId'], 'There is no such order.');

@Resolver(() => OrderType)
export class OrderShipmentsResolver {
  @AssumedSize(1)
  @FieldResolver(() => [ShipmentType], { description: 'The parcels it is sent in.' })
  async shipments(@Root() { id, currency }: Order, @Ctx() { loaders }: Context): Promise<ShownShipment[]> {
    return (await loaders.shipmentsOfOrder.load(id)).map((shipment) => ({ ...shipment, currency }));
  }

  @Policy([['seller-owner'], ['staff']])
  @Mutation(() => ShipOrderResult, { description: 'Send a parcel. A seller sends what they sold.' })
  async shipOrder(
    @Arg('input', () => ShipOrderInput, { description: 'What, and how.' }) input: ShipOrderInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(sentParcel, input);
    if (!checked.ok) return checked.problem;
    const { id: byId, role, sellerId } = requireUser(viewer);
    const outcome = await shipOrder(deps, {
      ...checked.value,
      byId,
      sellerId: isStaff(role) ? null : sellerId,
    });
    switch (outcome.kind) {
      case 'shipped': {
        const { order, shipment } = outcome;
        const { currency } = order;
        return { __typename: 'ShipOrderSuccess', order, shipment: { ...shipment, currency } };
      }
      case 'illegal':
        return illegalTransition(outcome);
      case 'impossible':
        return invalidInput(outcome.path, outcome.message);
      case 'not-found':
        return NO_SUCH_ORDER;
    }
  }

  @RequiresScopes([['order:write']])
  @Mutation(() => DeliverOrderResult, { description: 'Note that a parcel, or all of them, arrived.' })
  async deliverOrder(
    @Arg('input', () => DeliverOrderInput, { description: 'What arrived.' }) input: DeliverOrderInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(arrivedParcel, input);
    if (!checked.ok) return checked.problem;
    const outcome = await deliverOrder(deps, { ...checked.value, byId: requireUser(viewer).id });
    if (outcome.kind === 'delivered') return { __typename: 'DeliverOrderSuccess', order: outcome.order };
    return outcome.kind === 'illegal' ? illegalTransition(outcome) : NO_SUCH_ORDER;
  }
}

@Resolver(() => ShipmentType)
export class ShipmentResolver {
  @FieldResolver(() => Seller, { nullable: true, description: 'Who sent it, if not the shop itself.' })
  seller(@Root() { sellerId }: Shipment) {
    return sellerId === null ? null : { id: sellerId };
  }

  @AssumedSize(3)
  @FieldResolver(() => [ShipmentLineType], { description: 'What is in it.' })
  async lines(@Root() { id, orderId, currency }: ShownShipment, @Ctx() { loaders }: Context) {
    const [lines, bought] = await Promise.all([
      loaders.linesOfShipment.load(id),
      loaders.linesOfOrder.load(orderId),
    ]);
    return lines.flatMap(({ orderLineId, quantity }) => {
      const orderLine = bought.find((line) => line.id === orderLineId);
      return orderLine ? [{ orderLine: { ...orderLine, currency }, quantity }] : [];
    });
  }
}
