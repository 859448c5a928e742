import { isId } from '@storegraph/ids';
import { withCorrelation } from '@storegraph/observability';
import { describe, expect, it } from 'vitest';
import * as events from '../src/index.js';
import { InvalidEvent, orderPlaced, productSaved } from '../src/index.js';

const line = {
  orderLineId: 'oline_1',
  variantId: 'vrnt_1',
  productId: 'prod_1',
  sellerId: null,
  quantity: 2,
};
const data = {
  orderId: 'ordr_1',
  number: '1001',
  customerId: null,
  totalMinor: '29900',
  currency: 'EUR',
  lines: [line],
};

describe('an event contract', () => {
  it('builds a complete event', () => {
    const event = withCorrelation('request-1', () => orderPlaced({ aggregateId: 'ordr_1', data }));
    expect(event).toMatchObject({
      type: 'order.placed',
      aggregateType: 'order',
      aggregateId: 'ordr_1',
      correlationId: 'request-1',
      data,
    });
    expect(isId('event', event.id)).toBe(true);
    expect(new Date(event.occurredAt).toISOString()).toBe(event.occurredAt);
  });

  it('correlates an event that no request caused with itself', () => {
    const event = orderPlaced({ aggregateId: 'ordr_1', data });
    expect(event.correlationId).toBe(event.id);
  });

  it('refuses data that does not satisfy it, when built and when received', () => {
    const wrong = { ...data, totalMinor: '299.00' };
    expect(() => orderPlaced({ aggregateId: 'ordr_1', data: wrong })).toThrow(InvalidEvent);
    const sent = orderPlaced({ aggregateId: 'ordr_1', data });
    expect(() => orderPlaced.parse({ ...sent, data: wrong })).toThrow(InvalidEvent);
  });

  it('ignores fields it does not know, so that the owner may add them first', () => {
    const sent = orderPlaced({ aggregateId: 'ordr_1', data });
    expect(orderPlaced.parse({ ...sent, data: { ...data, channel: 'web' } })).toEqual(sent);
  });

  it('repairs text that a JSON column would refuse', () => {
    const product = {
      productId: 'prod_1',
      slug: 'lamp',
      sellerId: null,
      status: 'ACTIVE',
      version: 1,
      variants: [],
    };
    const event = productSaved({
      aggregateId: 'prod_1',
      data: { ...product, status: 'ACTIVE', name: 'half \ud83d emoji' },
    });
    expect(event.data.name).toBe('half \ufffd emoji');
  });

  it('has a type of its own and one owner per aggregate', () => {
    const contracts = Object.values(events).flatMap((value) =>
      typeof value === 'function' && 'schema' in value && 'owner' in value ? [value] : [],
    );
    expect(contracts.length).toBe(25);
    expect(new Set(contracts.map((contract) => contract.type)).size).toBe(contracts.length);
    const owners = new Map<string, Set<string>>();
    for (const { aggregateType, owner } of contracts) {
      owners.set(aggregateType, (owners.get(aggregateType) ?? new Set()).add(owner));
    }
    expect([...owners.values()].every((each) => each.size === 1)).toBe(true);
  });
});
