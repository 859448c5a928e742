import { randomUUID } from 'node:crypto';
import { newId } from '../../../packages/ids/src/index.js';
import { plentiful } from './demo-goods.js';
import type { Shop } from './open-shop.js';
import type { Data } from './visitor.js';

/** What is there to be mistaken for something else. */
export type Surroundings = {
  readonly shop: Shop;
  /** The shopper's, and not paid. */
  readonly order: Data;
  readonly productId: string;
  /** Of the shopper's cart. */
  readonly lineId: string;
};

type BadInput = readonly [what: string, mutation: string, inputIn: (surroundings: Surroundings) => Data];

/** Inputs a shopper must not get away with. */
export const BAD_INPUTS: readonly BadInput[] = [
  [
    'an unknown product',
    'SubmitReview',
    () => ({ productId: newId('product'), rating: 5, comment: 'Good.' }),
  ],
  [
    'an order for a product',
    'SubmitReview',
    ({ order }) => ({ productId: order['id'], rating: 5, comment: 'Good.' }),
  ],
  [
    'no id at all',
    'SubmitReview',
    () => ({ productId: "'; DROP TABLE reviews; --", rating: 5, comment: 'Good.' }),
  ],
  ['six stars', 'SubmitReview', ({ productId }) => ({ productId, rating: 6, comment: 'Good.' })],
  ['an empty comment', 'SubmitReview', ({ productId }) => ({ productId, rating: 5, comment: ' ' })],
  ['an asset of nobody', 'SetAvatar', () => ({ assetId: newId('asset') })],
  ['an unknown variant', 'AddCartLines', () => ({ lines: [{ variantId: newId('variant'), quantity: 1 }] })],
  [
    'a product for a variant',
    'AddCartLines',
    ({ productId }) => ({ lines: [{ variantId: productId, quantity: 1 }] }),
  ],
  [
    'a negative quantity',
    'AddCartLines',
    ({ shop }) => ({ lines: [{ variantId: plentiful(shop)[0], quantity: -1 }] }),
  ],
  [
    'a quantity of nothing',
    'AddCartLines',
    ({ shop }) => ({ lines: [{ variantId: plentiful(shop)[0], quantity: 0 }] }),
  ],
  [
    'a huge quantity',
    'AddCartLines',
    ({ shop }) => ({ lines: [{ variantId: plentiful(shop)[0], quantity: 2_147_483_647 }] }),
  ],
  ['no lines', 'AddCartLines', () => ({ lines: [] })],
  [
    'an unknown customization',
    'AddCartLines',
    ({ shop }) => ({
      lines: [{ variantId: plentiful(shop)[0], customizationValueIds: [newId('optionValue')] }],
    }),
  ],
  [
    'a forged cart token',
    'AddCartLines',
    ({ shop }) => ({ cartToken: 'A'.repeat(43), lines: [{ variantId: plentiful(shop)[0] }] }),
  ],
  ['a line of another cart', 'UpdateCartLine', () => ({ lineId: newId('cartLine'), quantity: 2 })],
  ['a negative line', 'UpdateCartLine', ({ lineId }) => ({ lineId, quantity: -5 })],
  ['an unknown coupon', 'ApplyCoupon', () => ({ code: 'NOSUCHCODE' })],
  ['a coupon of control characters', 'ApplyCoupon', () => ({ code: 'A\u0000B' })],
  [
    'a country of nowhere',
    'SaveAddress',
    () => ({ fullName: 'A', street: 'B', city: 'C', zip: '1', country: 'XX' }),
  ],
  [
    'an unknown order',
    'PayOrder',
    () => ({ orderId: newId('order'), paymentMethod: 'pm_card_visa', idempotencyKey: randomUUID() }),
  ],
  [
    'an unknown card',
    'PayOrder',
    ({ order }) => ({ orderId: order['id'], paymentMethod: '../etc/passwd', idempotencyKey: randomUUID() }),
  ],
  [
    'an upload of nothing',
    'BeginUpload',
    () => ({ fileName: 'a.jpg', mimeType: 'image/jpeg', bytes: 0, purpose: 'REVIEW' }),
  ],
  [
    'an upload of everything',
    'BeginUpload',
    () => ({ fileName: 'a.jpg', mimeType: 'image/jpeg', bytes: 2_000_000_000, purpose: 'REVIEW' }),
  ],
  [
    'an upload of a program',
    'BeginUpload',
    () => ({ fileName: 'a.exe', mimeType: 'application/x-msdownload', bytes: 9, purpose: 'REVIEW' }),
  ],
];

/** Inputs staff must not get away with either. */
export const BAD_INPUTS_OF_STAFF: readonly BadInput[] = [
  [
    'a refund of more than was paid',
    'RefundOrder',
    ({ order }) => ({ orderId: order['id'], amount: '99999.00', idempotencyKey: randomUUID() }),
  ],
  [
    'a negative refund',
    'RefundOrder',
    ({ order }) => ({ orderId: order['id'], amount: '-1.00', idempotencyKey: randomUUID() }),
  ],
  [
    'stock below nothing',
    'AdjustStock',
    ({ shop }) => ({
      variantId: plentiful(shop)[2],
      warehouseId: newId('warehouse'),
      delta: -1,
      reason: 'x',
      idempotencyKey: randomUUID(),
    }),
  ],
  ['an order that was not paid', 'ShipOrder', ({ order }) => ({ orderId: order['id'], carrier: 'Parcel' })],
  [
    'a logo of an unknown brand',
    'SetBrandLogo',
    () => ({ brandId: newId('brand'), assetId: newId('asset') }),
  ],
  ['a product for an order', 'AddOrderNote', ({ productId }) => ({ orderId: productId, note: 'x' })],
];
