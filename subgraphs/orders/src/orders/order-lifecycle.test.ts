import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowedTransitions,
  mayShip,
  OrderStatus,
  statusAfterParcel,
  statusAfterRefund,
  transition,
  type OrderFacts,
} from './order-lifecycle.js';

const facts = (given: Partial<OrderFacts> = {}): OrderFacts => ({
  status: OrderStatus.PAID,
  totalMinor: 1_000n,
  capturedMinor: 1_000n,
  refundedMinor: 0n,
  shippableQuantity: 2,
  shippedQuantity: 0,
  isEverythingDelivered: false,
  ...given,
});
const ALL = Object.values(OrderStatus);
const someFacts = fc.record({
  status: fc.constantFrom(...ALL),
  totalMinor: fc.bigInt(0n, 9n),
  capturedMinor: fc.bigInt(0n, 9n),
  refundedMinor: fc.bigInt(0n, 9n),
  shippableQuantity: fc.nat(3),
  shippedQuantity: fc.nat(3),
  isEverythingDelivered: fc.boolean(),
});

describe('the life of an order', () => {
  it('never leads back to a state it left', () => {
    const reachable = (from: OrderStatus, seen = new Set<OrderStatus>()): Set<OrderStatus> => {
      for (const next of allowedTransitions(from)) {
        if (seen.has(next)) continue;
        seen.add(next);
        reachable(next, seen);
      }
      return seen;
    };
    for (const status of ALL) expect(reachable(status), status).not.toContain(status);
  });

  it('ends in cancelled and refunded', () => {
    expect(ALL.filter((status) => allowedTransitions(status).length === 0)).toEqual([
      OrderStatus.CANCELLED,
      OrderStatus.REFUNDED,
    ]);
  });

  it('takes staying where it is for success', () => {
    fc.assert(
      fc.property(someFacts, (given) => {
        expect(transition(given, given.status)).toEqual({ kind: 'unchanged' });
      }),
    );
  });

  it('only moves along its table, and says why not otherwise', () => {
    fc.assert(
      fc.property(someFacts, fc.constantFrom(...ALL), (given, to) => {
        const outcome = transition(given, to);
        if (outcome.kind === 'allowed') expect(allowedTransitions(given.status)).toContain(to);
        if (outcome.kind === 'refused') expect(outcome.reason).not.toBe('');
      }),
    );
  });

  it('is paid only when the whole amount has arrived', () => {
    const waiting = facts({ status: OrderStatus.AWAITING_PAYMENT, capturedMinor: 999n });
    expect(transition(waiting, OrderStatus.PAID)).toMatchObject({
      kind: 'refused',
      reason: 'It has not been paid in full.',
    });
    expect(transition({ ...waiting, capturedMinor: 1_000n }, OrderStatus.PAID).kind).toBe('allowed');
  });

  it('is not cancelled once a parcel has left', () => {
    expect(transition(facts(), OrderStatus.CANCELLED).kind).toBe('allowed');
    expect(transition(facts({ shippedQuantity: 1 }), OrderStatus.CANCELLED)).toMatchObject({
      kind: 'refused',
      reason: 'Part of it is on its way; it can be refunded instead.',
    });
  });

  it('is shipped in part, then whole, then delivered', () => {
    expect(statusAfterParcel(facts({ shippedQuantity: 1 }))).toBe(OrderStatus.PARTIALLY_SHIPPED);
    const whole = facts({ status: OrderStatus.PARTIALLY_SHIPPED, shippedQuantity: 2 });
    expect(statusAfterParcel(whole)).toBe(OrderStatus.SHIPPED);
    const arrived = { ...whole, status: OrderStatus.SHIPPED, isEverythingDelivered: true };
    expect(statusAfterParcel(arrived)).toBe(OrderStatus.DELIVERED);
  });

  it('stays refunded in part while the rest of it travels', () => {
    const refunded = facts({ status: OrderStatus.PARTIALLY_REFUNDED, shippedQuantity: 2, refundedMinor: 1n });
    expect(mayShip(refunded.status)).toBe(true);
    expect(statusAfterParcel(refunded)).toBe(OrderStatus.PARTIALLY_REFUNDED);
  });

  it('is not refunded by giving back what was paid twice', () => {
    expect(statusAfterRefund(facts({ capturedMinor: 2_000n, refundedMinor: 1_000n }))).toBe(OrderStatus.PAID);
  });

  it('stays cancelled when its money goes back', () => {
    expect(statusAfterRefund(facts({ refundedMinor: 1n }))).toBe(OrderStatus.PARTIALLY_REFUNDED);
    expect(statusAfterRefund(facts({ refundedMinor: 1_000n }))).toBe(OrderStatus.REFUNDED);
    expect(statusAfterRefund(facts({ status: OrderStatus.CANCELLED, refundedMinor: 1_000n }))).toBe(
      OrderStatus.CANCELLED,
    );
  });
});
