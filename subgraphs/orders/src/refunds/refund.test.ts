import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderLine } from '../orders/order.js';
import { planRefund } from './refund.js';

const line = (given: Partial<OrderLine>): OrderLine => ({
  id: 'oline_1',
  orderId: 'ordr_1',
  position: 1,
  variantId: 'vrnt_1',
  productId: 'prod_1',
  sellerId: null,
  sku: 'A',
  productName: 'A',
  variantName: 'A',
  customizations: [],
  quantity: 3,
  unitPriceMinor: 100n,
  subtotalMinor: 300n,
  discountMinor: 0n,
  taxMinor: 0n,
  totalMinor: 299n,
  refundedQuantity: 0,
  shippedQuantity: 0,
  requiresShipping: true,
  ...given,
});

describe('a refund', () => {
  it('gives back exactly what was paid for a line, in whatever portions it returns', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10_000_000n),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
        (paid, portions) => {
          const quantity = portions.reduce((sum, portion) => sum + portion, 0);
          let [refundedQuantity, given] = [0, 0n];
          for (const portion of portions) {
            const returned = line({ quantity, totalMinor: paid, refundedQuantity });
            const plan = planRefund(
              { kind: 'lines', lines: [{ orderLineId: returned.id, quantity: portion }] },
              [returned],
              paid - given,
            );
            if (plan.kind === 'planned') given += plan.amountMinor;
            refundedQuantity += portion;
          }
          expect(given).toBe(paid);
        },
      ),
    );
  });

  it('is never for more units than were bought, nor for more than is left', () => {
    const request = { kind: 'lines', lines: [{ orderLineId: 'oline_1', quantity: 2 }] } as const;
    expect(planRefund(request, [line({ refundedQuantity: 2 })], 299n)).toMatchObject({
      kind: 'impossible',
      path: ['input', 'lines', '0', 'quantity'],
    });
    expect(planRefund(request, [line({})], 100n)).toMatchObject({
      kind: 'impossible',
      path: ['input', 'lines'],
    });
    expect(planRefund({ kind: 'amount', amountMinor: 101n }, [line({})], 100n).kind).toBe('impossible');
  });

  it('of everything covers the shipping too, and every unit that is still out', () => {
    expect(planRefund({ kind: 'everything' }, [line({ refundedQuantity: 1 })], 1_000n)).toEqual({
      kind: 'planned',
      amountMinor: 1_000n,
      lines: [{ orderLineId: 'oline_1', quantity: 2, amountMinor: 200n }],
    });
  });
});
