import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiSchemaOf } from '../../scripts/schema/history.js';
import { operationsAreValid } from '../../scripts/schema-rules/operations.js';
import { DOMAINS } from '../../standalone/src/domains.js';
import { plentiful, productToReview } from './shop/demo-goods.js';
import { readKeptOperations } from './shop/kept-operations.js';
import { openShop, OPENING_MILLIS, type Shop } from './shop/open-shop.js';
import { photo, sendFile, uploadPhoto } from './shop/photo.js';
import { everybodyAt, guestOf, nodesOf, visitorOf, type Data, type Visitor } from './shop/visitor.js';

/** Some forty requests, one after the other, on a machine that may be busy. */
const JOURNEY_MILLIS = 90_000;
const SUPERGRAPH = resolve(import.meta.dirname, '../../schema/supergraph.graphql');
const ADDRESS = {
  fullName: 'Robin Reader',
  street: '1 Spoke Street',
  city: 'Kingston',
  state: 'NY',
  zip: '12401',
  country: 'US',
  phone: '+1 845 555 0100',
};

let shop: Shop;
let guest: Visitor;
let shopper: Visitor;
let seller: Visitor;
let staff: Visitor;

beforeAll(async () => {
  shop = await openShop();
  ({ guest, shopper, seller, staff } = await everybodyAt(shop));
}, OPENING_MILLIS);
afterAll(() => shop?.[Symbol.asyncDispose]());

describe('the operations clients were promised', () => {
  const kept = readKeptOperations();
  const run = (name: string, visitor: Visitor, variables?: Record<string, unknown>) =>
    kept.run(name, visitor, variables);

  test('are valid', async () => {
    const schema = apiSchemaOf(await readFile(SUPERGRAPH, 'utf8'));
    expect(operationsAreValid(schema, kept.documents)).toEqual([]);
    expect(kept.names.length).toBeGreaterThan(40);
  });

  test('show goods to a guest', async () => {
    const { featuredProducts, categories } = await run('FrontPage', guest);
    expect([featuredProducts.length > 0, categories.length > 0]).toEqual([true, true]);
    const list = await run('ProductList', guest, { filter: { inStock: true }, first: 5 });
    expect(list['products'].edges).toHaveLength(5);
    const demo = productToReview(shop);
    const { category } = await run('CategoryPage', guest, { slug: demo.categorySlug });
    expect(nodesOf(category.products).map(({ slug }) => slug as string)).toContain(demo.slug);
    const { product } = await run('ProductPage', guest, { slug: demo.slug });
    expect([product.name, product.rating.count > 0]).toEqual([demo.name, true]);
    const { product: same } = await run('ProductReviews', guest, { slug: demo.slug, first: 1 });
    expect(same.reviews.edges).toHaveLength(1);
    const word = demo.name.split(' ')[0] ?? '';
    expect(
      (await run('SearchSuggestions', guest, { prefix: word.slice(0, 4) }))['searchSuggestions'],
    ).not.toEqual([]);
    const found = await run('Search', guest, { filter: { query: demo.name } });
    expect(nodesOf(found['products'])[0]?.['name']).toBe(demo.name);
    expect(
      (await run('SellerPage', guest, { slug: demo.sellerSlug }))['seller'].products.totalCount,
    ).toBeGreaterThan(0);
  });

  test(
    'take a newcomer from the first look to the parcel, and staff with them',
    async () => {
      const { cartToken } = (
        await run('AddCartLines', guest, {
          input: { lines: [{ variantId: plentiful(shop)[0], quantity: 2 }] },
        })
      )['addCartLines'] as Data;
      const shared = await run('ShareCart', guest, { input: { cartToken } });
      const { sharedCart } = await run('SharedCart', guestOf(shop), {
        shareToken: shared['shareCart'].shareToken,
      });
      expect(sharedCart.lines[0].quantity).toBe(2);
      const alert = kept.watch('LowStockAlert', staff, {});
      const stock = kept.watch('ProductStock', guest, { variantIds: [plentiful(shop)[0]] });

      const newcomer = await registered();
      await run('MergeCart', newcomer, { input: { cartToken } });
      const cartWatch = kept.watch('CartUpdated', newcomer, {});
      const { addCartLines } = await run('AddCartLines', newcomer, {
        input: { lines: [{ variantId: plentiful(shop)[1], quantity: 3 }] },
      });
      const [first, second] = addCartLines.cart.lines as [Data, Data];
      await run('UpdateCartLine', newcomer, { input: { lineId: second['id'], quantity: 1 } });
      const extra = await run('AddCartLines', newcomer, {
        input: { lines: [{ variantId: plentiful(shop)[2] }] },
      });
      await run('RemoveCartLine', newcomer, { input: { lineId: extra['addCartLines'].cart.lines[2].id } });
      await run('ApplyCoupon', newcomer, { input: { code: 'WELCOME10' } });
      await run('RemoveCoupon', newcomer, { input: { code: 'WELCOME10' } });
      const { cart } = await run('Cart', newcomer);
      expect(cart.lines.map(({ quantity }: Data) => quantity as number)).toEqual([first['quantity'], 1]);
      await cartWatch.until((event) => event['data']?.cartUpdated?.version >= 1);

      const options = await run('ShippingOptions', newcomer, { address: ADDRESS });
      await run('ReserveCheckout', newcomer, {
        input: {
          email: 'robin@mail.test',
          shippingAddress: ADDRESS,
          shippingOptionId: options['cart'].shippingOptions[0].code,
        },
      });
      await stock.until((event) => event['data']?.stockChanged?.id === plentiful(shop)[0]);
      const placed = await run('PlaceOrder', newcomer, { input: { idempotencyKey: randomUUID() } });
      const { order } = placed['placeOrder'] as { order: Data };
      const status = kept.watch('OrderStatus', newcomer, { orderId: order['id'], afterSequence: 0 });
      await run('PayOrder', newcomer, {
        input: { orderId: order['id'], paymentMethod: 'pm_card_visa', idempotencyKey: randomUUID() },
      });
      await status.until((event) => event['data']?.orderStatusChanged.event.status === 'PAID');
      await run('ShipOrder', staff, {
        input: { orderId: order['id'], carrier: 'Parcel', trackingNumber: 'P-1' },
      });
      await run('DeliverOrder', staff, { input: { orderId: order['id'] } });
      await status.until((event) => event['data']?.orderStatusChanged.event.status === 'DELIVERED');
      await run('AddOrderNote', staff, { input: { orderId: order['id'], note: 'Arrived in good order.' } });
      await run('RefundOrder', staff, {
        input: {
          orderId: order['id'],
          lines: [{ orderLineId: order['lines'][0].id, quantity: 1 }],
          idempotencyKey: randomUUID(),
        },
      });
      const page = await run('OrderPage', newcomer, { id: order['id'] });
      expect(page['order'].refunds).toHaveLength(1);
      const orders = await run('StaffOrders', staff, { search: order['number'] });
      expect(nodesOf(orders['orders'])[0]?.['customer'].email).toMatch(/@mail\.test$/);
      const { order: seen } = await run('StaffOrder', staff, { number: order['number'] });
      expect(seen.payments).toHaveLength(1);
      const { warehouses } = await run('LowStock', staff, { first: 100 });
      const [{ variant }] = seen.lines as [Data];
      for (const { sellable, warehouse } of variant.stockLevels as Data[]) {
        const { id: warehouseId } = (warehouses as Data[]).find(
          ({ code }) => code === warehouse.code,
        ) as Data;
        if (sellable > 0)
          await run('AdjustStock', staff, {
            input: {
              variantId: variant.id,
              warehouseId,
              delta: -sellable,
              reason: 'Lost in the flood.',
              idempotencyKey: randomUUID(),
            },
          });
      }
      await alert.until((event) => event['data']?.lowStockAlert?.id === variant.id);

      const other = await run('AddCartLines', newcomer, {
        input: { lines: [{ variantId: plentiful(shop)[3] }] },
      });
      expect(other['addCartLines'].cart.lines).toHaveLength(1);
      await run('ReserveCheckout', newcomer, {
        input: {
          email: 'robin@mail.test',
          shippingAddress: ADDRESS,
          shippingOptionId: options['cart'].shippingOptions[0].code,
        },
      });
      const regretted = await run('PlaceOrder', newcomer, { input: { idempotencyKey: randomUUID() } });
      await run('CancelOrder', newcomer, { input: { orderId: regretted['placeOrder'].order.id } });
      for (const watched of [alert, stock, cartWatch, status]) await watched.stop();
    },
    JOURNEY_MILLIS,
  );

  test('let people keep their account, and say what they think', async () => {
    const newcomer = await registered();
    await run('UpdateProfile', newcomer, {
      input: { phone: '+1 845 555 0101', preferences: { newsletter: true } },
    });
    const saved = await run('SaveAddress', newcomer, { input: ADDRESS });
    const { id } = saved['saveAddress'].address as Data;
    await run('SetDefaultAddress', newcomer, { input: { id, purpose: 'SHIPPING' } });
    const { me } = await run('AccountPage', newcomer);
    expect([me.addresses[0].id, me.sessions[0].current, me.preferences.newsletter]).toEqual([id, true, true]);
    await run('DeleteAddress', newcomer, { input: { id } });

    const bytes = await photo('#884422');
    const { beginUpload } = await run('BeginUpload', newcomer, {
      input: { fileName: 'mine.jpg', mimeType: 'image/jpeg', bytes: bytes.length, purpose: 'REVIEW' },
    });
    expect((await sendFile(shop, beginUpload.upload, bytes)).status).toBeLessThan(300);
    const { completeUpload } = await run('CompleteUpload', newcomer, {
      input: { uploadId: beginUpload.upload.id },
    });
    const productId = shop.goods.productIds.get(productToReview(shop).slug);
    const { submitReview } = await run('SubmitReview', newcomer, {
      input: {
        productId,
        rating: 2,
        comment: 'Write to me at robin@mail.test',
        assetIds: [completeUpload.asset.id],
      },
    });
    const reviewId = submitReview.review.id as string;
    expect(submitReview.review.status).toBe('PENDING');
    const queue = await run('ReviewQueue', staff);
    expect(nodesOf(queue['reviewQueue']).map((node) => node['id'] as string)).toContain(reviewId);
    await run('ModerateReview', staff, { input: { reviewId, approve: true } });
    await run('VoteOnReview', shopper, { input: { reviewId, helpful: true } });
    await run('ReplyToReview', seller, { input: { reviewId, body: 'Thank you for telling us.' } });
    const { applyAsSeller } = await run('ApplyAsSeller', newcomer, {
      input: { businessName: `Robin's ${randomBytes(4).toString('hex')}`, taxId: 'US-12-3456789' },
    });
    expect(applyAsSeller.seller.status).toBe('APPLIED');
    expect((await run('Logout', newcomer, { input: {} }))['logout'].endedSessions).toBe(1);
  });

  test('let sellers fill their shelves, and staff look after the shop', async () => {
    const { me } = await run('SellerAccount', seller);
    expect(me.seller.commissionRate).toMatch(/^0\.\d+$/);
    const sku = `KEPT-${randomBytes(4).toString('hex')}`;
    const { saveProduct } = await run('SaveProduct', seller, {
      input: { name: 'Kept Promise', status: 'DRAFT', variants: [{ sku, price: '12.50' }] },
    });
    const asset = await uploadPhoto(shop, seller, 'PRODUCT');
    await shop.settled();
    await run('SetProductMedia', seller, {
      input: { productId: saveProduct.product.id, assetIds: [asset['id']] },
    });

    const csv = `Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\n${sku}-i,Imported,${sku}-I,9.99,4\n`;
    const { beginProductsImport } = await run('BeginProductsImport', seller, {
      input: { fileName: 'mine.csv', bytes: Buffer.byteLength(csv) },
    });
    const jobId = beginProductsImport.job.id as string;
    const progress = kept.watch('ImportProgress', seller, { jobId });
    expect((await sendFile(shop, { url: beginProductsImport.uploadUrl }, csv)).status).toBe(202);
    await progress.until((event) => event['data']?.importProgress?.status === 'DONE');
    expect((await run('ImportReport', seller, { id: jobId }))['importJob']).toMatchObject({
      processed: 1,
      failed: 0,
    });
    await progress.stop();

    expect(nodesOf((await run('People', staff, { search: 'shopper' }))['users'])[0]?.['email']).toBe(
      'shopper@storegraph.test',
    );
    expect(nodesOf((await run('Coupons', staff))['coupons']).length).toBeGreaterThan(0);
    expect(
      (await run('ServiceStatus', staff))['serviceStatus'].map(({ status }: Data) => status as string),
    ).toEqual(DOMAINS.map(() => 'AVAILABLE'));
  });

  test('are all in use', () => {
    expect(kept.names.filter((name) => !kept.ran.has(name))).toEqual([]);
  });

  /** Somebody new, by `Register`, `Login` and `RefreshSession`, with the tokens of the last. */
  async function registered(): Promise<Visitor> {
    const input = {
      email: `robin-${randomBytes(5).toString('hex')}@mail.test`,
      password: `a long password ${randomBytes(5).toString('hex')}`,
    };
    await run('Register', guest, { input: { ...input, firstName: 'Robin', lastName: 'Reader' } });
    const { login } = await run('Login', guest, { input });
    const { refreshSession } = await run('RefreshSession', guest, {
      input: { refreshToken: login.refreshToken },
    });
    return visitorOf(shop, { id: refreshSession.user.id, token: refreshSession.accessToken });
  }
});
