import { eventTopic, orderStatusChanged, type LiveSubscription } from '@storegraph/events';
import type { Deps } from '../context.js';
import { isFinal, type OrderEvent } from './order.js';
import { findEventsByOrders, findOrdersByIds } from './order.store.js';
import { OrderStatus } from './order-lifecycle.js';

const LOOK_ANYWAY_MILLIS = 5_000; // five seconds

/**
 * The history of an order as it is written, every entry once and in order. A live message only says that there is
 * something to read, so one that is lost costs five seconds and one that comes twice costs nothing. So that nothing
 * falls in between, the database is read again whenever listening begins: nobody waits for a transport that is away.
 * Ends when nothing more will happen.
 *
 * @param from.afterSequence the last entry seen; `null` begins with what happens from now on
 */
export async function followOrder(
  deps: Deps,
  from: { orderId: string; afterSequence: number | null },
): Promise<AsyncIterableIterator<OrderEvent>> {
  const { orderId } = from;
  const wakeUps = deps.pubsub.subscribe(eventTopic(orderStatusChanged.type, orderId));
  try {
    const [order] = await findOrdersByIds(deps.prisma, [orderId]);
    const events = await findEventsByOrders(deps.prisma, [orderId], from.afterSequence ?? 0);
    const unseen = from.afterSequence === null ? [] : events;
    const sequence = from.afterSequence ?? events.at(-1)?.sequence ?? 0;
    return new Follower(deps, { orderId, sequence, status: order?.status ?? null, unseen, wakeUps });
  } catch (error) {
    await wakeUps.return();
    throw error;
  }
}

type Start = {
  orderId: string;
  sequence: number;
  status: OrderStatus | null;
  unseen: OrderEvent[];
  wakeUps: LiveSubscription<unknown>;
};

const DONE = { done: true, value: undefined } as const;

/** An explicit iterator: `return()` answers at once, even while `next()` waits for something to happen. */
class Follower implements AsyncIterableIterator<OrderEvent> {
  readonly #start: Start;
  #unseen: OrderEvent[];
  #sequence: number;
  #status: OrderStatus | null;
  #hasEnded = false;
  #isWoken = false;
  #wake: () => void = () => undefined;
  readonly #stopWatching: () => void;

  constructor(
    private readonly deps: Deps,
    start: Start,
  ) {
    this.#start = start;
    this.#unseen = [...start.unseen];
    this.#sequence = start.sequence;
    this.#status = start.status;
    void this.#listen();
    start.wakeUps.ready.then(
      () => this.#rouse(),
      () => undefined,
    );
    // What was said while nobody could hear it is in the database.
    this.#stopWatching = deps.pubsub.watchConnection((isHeard) => {
      if (isHeard) this.#rouse();
    });
  }

  async next(): Promise<IteratorResult<OrderEvent, undefined>> {
    while (!this.#hasEnded) {
      const event = this.#unseen.shift();
      if (event) {
        this.#sequence = event.sequence;
        this.#status = event.status;
        return { done: false, value: event };
      }
      this.#isWoken = false;
      this.#unseen = await findEventsByOrders(this.deps.prisma, [this.#start.orderId], this.#sequence);
      if (this.#unseen.length > 0) continue;
      if (await this.#isOver()) await this.return();
      else await this.#sleep();
    }
    return DONE;
  }

  async return(): Promise<IteratorResult<OrderEvent, undefined>> {
    this.#hasEnded = true;
    this.#stopWatching();
    this.#wake();
    await this.#start.wakeUps.return();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Wake-ups are read as they come, so that they never pile up behind a slow reader. */
  async #listen(): Promise<void> {
    try {
      while (!this.#hasEnded) {
        const step = await this.#start.wakeUps.next();
        if (step.done) return;
        this.#rouse();
      }
    } catch (error) {
      this.deps.log.warn({ err: error, orderId: this.#start.orderId }, 'live news of an order are away');
    }
  }

  #rouse(): void {
    this.#isWoken = true;
    this.#wake();
  }

  async #isOver(): Promise<boolean> {
    const mayBe =
      this.#status === null ||
      this.#status === OrderStatus.CANCELLED ||
      this.#status === OrderStatus.REFUNDED;
    if (!mayBe) return false;
    const [order] = await findOrdersByIds(this.deps.prisma, [this.#start.orderId]);
    return !order || isFinal(order);
  }

  #sleep(): Promise<void> {
    if (this.#isWoken || this.#hasEnded) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_ANYWAY_MILLIS);
      timer.unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
