import { describe, expect, it } from 'vitest';
import type { OrderLine } from '../orders/order.js';
import { pack } from './shipment.js';

const line = (id: string, given: Partial<OrderLine> = {}) =>
  ({
    id,
    quantity: 3,
    shippedQuantity: 0,
    refundedQuantity: 0,
    requiresShipping: true,
    sellerId: null,
    ...given,
  }) as OrderLine;

describe('a parcel', () => {
  it('takes everything that has yet to be sent when nothing is named', () => {
    const lines = [
      line('a', { shippedQuantity: 1 }),
      line('b', { shippedQuantity: 3 }),
      line('c', { refundedQuantity: 1 }),
      line('voucher', { requiresShipping: false }),
    ];
    expect(pack(null, lines, null)).toEqual({
      kind: 'packed',
      lines: [
        { orderLineId: 'a', quantity: 2 },
        { orderLineId: 'c', quantity: 2 },
      ],
    });
  });

  it('takes no more of a line than is still here', () => {
    expect(
      pack([{ orderLineId: 'a', quantity: 3 }], [line('a', { shippedQuantity: 1 })], null),
    ).toMatchObject({
      kind: 'impossible',
      path: ['input', 'lines', '0', 'quantity'],
    });
    expect(pack(null, [line('a', { shippedQuantity: 3 })], null).kind).toBe('impossible');
  });

  it("takes a seller's own lines only", () => {
    const lines = [line('own', { sellerId: 'sell_1' }), line('other', { sellerId: 'sell_2' })];
    expect(pack(null, lines, 'sell_1')).toEqual({
      kind: 'packed',
      lines: [{ orderLineId: 'own', quantity: 3 }],
    });
    expect(pack([{ orderLineId: 'other', quantity: 1 }], lines, 'sell_1').kind).toBe('impossible');
  });
});
