import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { connectionFrom, ConnectionArguments, counted, pageOf } from '@storegraph/connection';
import {
  checkInput,
  ConnectionSize,
  notFound,
  Policy,
  refuse,
  RequiresScopes,
  requireUser,
  News,
} from '@storegraph/subgraph-server';
import type { Context } from '../context.js';
import { User } from '../references/user.type.js';
import { cancelOrder } from './cancel-order.action.js';
import { followOrder } from './follow-order.action.js';
import { listOrders } from './find-orders.action.js';
import { cancelledOrder, movedOrder, notedOrder } from './order-input.js';
import { positionOf, type OrderEvent } from './order.js';
import {
  AddOrderNoteInput,
  AddOrderNoteResult,
  CancelOrderInput,
  CancelOrderResult,
  illegalTransition,
  OrderConnection,
  OrdersArguments,
  OrderStatusUpdate,
  OrderType,
  TransitionOrderInput,
  TransitionOrderResult,
} from './order.type.js';
import { addOrderNote, transitionOrder } from './transition-order.action.js';

const NO_SUCH_ORDER = notFound(['input', 'orderId'], 'There is no such order.');

@Resolver(() => OrderType)
export class OrderResolver {
  @Policy([['order-party'], ['staff']])
  @Query(() => OrderType, { nullable: true, description: 'One order, by its id or its number.' })
  order(
    @Arg('id', () => ID, { nullable: true, description: 'The order.' }) id: string | null,
    @Arg('number', () => String, { nullable: true, description: 'Its number, if you have no id.' })
    number: string | null,
    @Arg('guestToken', () => String, { nullable: true, description: "A guest order's secret." })
    _guestToken: string | null,
    @Ctx() { loaders }: Context,
  ) {
    if (id) return loaders.anyOrder.load(id);
    if (number) return loaders.anyOrderByNumber.load(number);
    return refuse('BAD_USER_INPUT', 'Give the id or the number of an order.');
  }

  @RequiresScopes([['order:read']])
  @ConnectionSize()
  @Query(() => OrderConnection, { nullable: true, description: 'Orders, newest first.' })
  async orders(@Args(() => OrdersArguments) args: OrdersArguments, @Ctx() { deps }: Context) {
    const page = pageOf(args, 2);
    const search = { status: args.status ?? null, text: args.search?.trim() || null };
    const list = listOrders(deps, search);
    return counted(connectionFrom(await list.page(page), page, positionOf), list.count);
  }

  @Policy([['order-party'], ['staff']])
  @Mutation(() => CancelOrderResult, {
    description: 'Cancel an order before anything of it is sent; what was paid goes back.',
  })
  async cancelOrder(
    @Arg('input', () => CancelOrderInput, { description: 'Which, and why.' }) input: CancelOrderInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(cancelledOrder, input);
    if (!checked.ok) return checked.problem;
    const byId = viewer.kind === 'user' ? viewer.id : null;
    const outcome = await cancelOrder(deps, { ...checked.value, byId });
    if (outcome.kind === 'cancelled') return { __typename: 'CancelOrderSuccess', order: outcome.order };
    return outcome.kind === 'illegal' ? illegalTransition(outcome) : NO_SUCH_ORDER;
  }

  @RequiresScopes([['order:write']])
  @Mutation(() => TransitionOrderResult, { description: 'Move an order on by hand.' })
  async transitionOrder(
    @Arg('input', () => TransitionOrderInput, { description: 'Which, and to where.' })
    input: TransitionOrderInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(movedOrder, input);
    if (!checked.ok) return checked.problem;
    const outcome = await transitionOrder(deps, { ...checked.value, byId: requireUser(viewer).id });
    if (outcome.kind === 'moved') return { __typename: 'TransitionOrderSuccess', order: outcome.order };
    return outcome.kind === 'illegal' ? illegalTransition(outcome) : NO_SUCH_ORDER;
  }

  @RequiresScopes([['order:write']])
  @Mutation(() => AddOrderNoteResult, { description: 'Note something in the history of an order.' })
  async addOrderNote(
    @Arg('input', () => AddOrderNoteInput, { description: 'Which, and what.' }) input: AddOrderNoteInput,
    @Ctx() { deps, viewer }: Context,
  ) {
    const checked = checkInput(notedOrder, input);
    if (!checked.ok) return checked.problem;
    const outcome = await addOrderNote(deps, { ...checked.value, byId: requireUser(viewer).id });
    return outcome.kind === 'noted'
      ? { __typename: 'AddOrderNoteSuccess', order: outcome.order }
      : NO_SUCH_ORDER;
  }

  @Policy([['order-party'], ['staff']])
  @News()
  @Subscription(() => OrderStatusUpdate, {
    nullable: true,
    description:
      'What happens to an order, as it happens. Give the sequence of the last entry you saw to get those you missed first.',
    subscribe: ({ args, context }) =>
      followOrder((context as Context).deps, {
        orderId: String(args['orderId']),
        afterSequence: (args['afterSequence'] as number | null | undefined) ?? null,
      }),
  })
  async orderStatusChanged(
    @Arg('orderId', () => ID, { description: 'The order.' }) orderId: string,
    @Arg('afterSequence', () => Int, {
      nullable: true,
      description: 'The sequence of the last entry you saw, 0 for the whole history; only news without it.',
    })
    _afterSequence: number | null,
    @Arg('guestToken', () => String, { nullable: true, description: "A guest order's secret." })
    _guestToken: string | null,
    @Root() event: OrderEvent,
    @Ctx() { loaders }: Context,
  ) {
    return { event, order: await loaders.anyOrder.load(orderId) };
  }
}

@Resolver(() => User)
export class UserOrdersResolver {
  @Policy([['self'], ['staff']])
  @ConnectionSize()
  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description: 'What they have bought, newest first.',
  })
  async orders(
    @Root() { id }: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { loaders }: Context,
  ) {
    const page = pageOf(args, 2);
    const connection = connectionFrom(await loaders.ordersOfCustomer(page, id), page, positionOf);
    return counted(connection, async () => (await loaders.orderCountOfCustomer.load(id))?.count ?? 0);
  }
}
