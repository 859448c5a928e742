import { randomBytes, randomUUID } from 'node:crypto';
import { newId, type IdKind } from '../../../packages/ids/src/index.js';
import type { Shop } from './open-shop.js';
import { upload } from './photo.js';
import { plentiful } from './demo-goods.js';
import { signIn, type Data, type Visitor } from './visitor.js';

const FAILURE = '... on UserError { code message path }';

/** Everything a shopper and a seller have that is nobody else's. */
export type Victims = {
  readonly shopper: Visitor;
  readonly seller: Visitor;
  /** What no answer to anybody else may contain. */
  readonly secrets: readonly string[];
  readonly order: Data;
  readonly cartId: string;
  readonly addressId: string;
  readonly sessionId: string;
  /** A review that has not been published. */
  readonly reviewId: string;
  /** A file of the staff's that is for no gallery. */
  readonly assetId: string;
  /** Of the seller. */
  readonly importJobId: string;
  readonly draft: { readonly id: string; readonly variantId: string; readonly name: string };
  /** Something the seller sells, with a published review by the shopper. */
  readonly productId: string;
  readonly publishedReviewId: string;
};

const EMAIL = 'shopper@storegraph.test';

/** Gives the demonstration shopper and the first seller one of each private thing. */
export async function victimsOf(shop: Shop): Promise<Victims> {
  const [shopper, seller] = await Promise.all([signIn(shop, EMAIL), signIn(shop, 'seller@storegraph.test')]);
  const order = await placeOrder(shop, shopper);
  const cart = await addToCart(shop, shopper, 1);
  const me = (await shopper.ask('{ me { addresses { id } sessions { id } } }')).data['me'] as Data;
  const productId = productOfSeller(shop);
  const writes = (input: Data) =>
    shopper.must(
      `mutation Review($input: SubmitReviewInput!) { submitReview(input: $input) {
        ... on SubmitReviewSuccess { review { id status } } ${FAILURE} } }`,
      { input: { rating: 2, ...input } },
    );
  const pending = await writes({
    productId: unreviewed(shop, 1),
    comment: 'Secret words: visit www.hidden.test.',
  });
  const published = await writes({ productId, comment: 'As good as it looks.' });
  const file = { purpose: 'IMPORT', mimeType: 'text/csv', bytes: Buffer.from('Handle,Title\na,b\n') };
  const asset = await upload(shop, await signIn(shop, 'staff@storegraph.test'), file);
  const name = `Draft ${randomBytes(4).toString('hex')}`;
  const { product } = (await seller.must(
    `mutation Draft($input: SaveProductInput!) { saveProduct(input: $input) {
      ... on SaveProductSuccess { product { id variants { edges { node { id } } } } } ${FAILURE} } }`,
    { input: { name, status: 'DRAFT', variants: [{ sku: name.replace(' ', '-'), price: '77.70' }] } },
  )) as { product: Data };
  const { job } = (await seller.must(
    `mutation Import($input: ImportProductsInput!) { importProducts(input: $input) {
      ... on ImportProductsSuccess { job { id } } ${FAILURE} } }`,
    {
      input: {
        csv: `Handle,Title,Variant SKU,Variant Price\n${randomUUID()},Quiet,Q-1,1.00\n`,
        dryRun: true,
      },
    },
  )) as { job: Data };
  await shop.settled();
  const person = shop.demo.people.find(({ email }) => email === EMAIL);
  return {
    shopper,
    seller,
    secrets: [
      EMAIL,
      person?.phone ?? '',
      ...(person?.addresses ?? []).map(({ street }) => street),
      person?.lastName ?? '',
      'Spoke Street',
      'Secret words',
      String(order['number']),
      name,
      '77.70',
    ],
    order,
    cartId: String(cart['id']),
    addressId: me['addresses'][0].id as string,
    sessionId: me['sessions'][0].id as string,
    reviewId: pending['review'].id as string,
    publishedReviewId: published['review'].id as string,
    assetId: String(asset['id']),
    importJobId: String(job['id']),
    draft: { id: product['id'] as string, variantId: product['variants'].edges[0].node.id as string, name },
    productId,
  };
}

/** Something real that is the victims', for each kind of id. */
export function idOfVictims(victims: Victims, kind: IdKind): string {
  const ids: Partial<Record<IdKind, string | null>> = {
    user: victims.shopper.id,
    order: String(victims.order['id']),
    orderLine: String(victims.order['lines'][0].id),
    cart: victims.cartId,
    importJob: victims.importJobId,
    review: victims.publishedReviewId,
    asset: victims.assetId,
    product: victims.productId,
    variant: victims.draft.variantId,
    address: victims.addressId,
    session: victims.sessionId,
  };
  return ids[kind] ?? newId(kind);
}

const ADDRESS = {
  fullName: 'Robin Tour',
  street: '1 Spoke Street',
  city: 'Kingston',
  state: 'NY',
  zip: '12401',
  country: 'US',
};

/** An order of one thing that waits for its payment. */
export async function placeOrder(shop: Shop, shopper: Visitor): Promise<Data> {
  await addToCart(shop, shopper, 0);
  const { data } = await shopper.ask(
    'query Options($address: PostalAddressInput!) { cart { shippingOptions(address: $address) { code } } }',
    { address: ADDRESS },
  );
  await shopper.must(
    `mutation Reserve($input: ReserveCheckoutInput!) { reserveCheckout(input: $input) {
      ... on ReserveCheckoutSuccess { cart { id } } ${FAILURE} } }`,
    {
      input: {
        email: 'robin@mail.test',
        shippingAddress: ADDRESS,
        shippingOptionId: data['cart'].shippingOptions[0].code,
      },
    },
  );
  const { order } = (await shopper.must(
    `mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) {
      ... on PlaceOrderSuccess { order { id number lines { id } } } ${FAILURE} } }`,
    { input: { idempotencyKey: randomUUID() } },
  )) as { order: Data };
  return order;
}

/** Puts one thing that is in stock into the visitor's cart. @returns the cart */
export async function addToCart(shop: Shop, visitor: Visitor, which: number): Promise<Data> {
  const { cart } = (await visitor.must(
    `mutation Add($input: AddCartLinesInput!) { addCartLines(input: $input) {
      ... on AddCartLinesSuccess { cart { id version lines { id } } } ${FAILURE} } }`,
    { input: { lines: [{ variantId: plentiful(shop)[which], quantity: 1 }] } },
  )) as { cart: Data };
  return cart;
}

function unreviewed(shop: Shop, which: number): string {
  const free = shop.demo.products.filter(
    ({ slug }) => !shop.demo.reviews.some((one) => one.productSlug === slug && one.authorEmail === EMAIL),
  );
  return shop.goods.productIds.get(free[which]?.slug ?? '') ?? '';
}

function productOfSeller(shop: Shop): string {
  const own = shop.demo.sellers.find(({ ownerEmail }) => ownerEmail === 'seller@storegraph.test');
  const found = shop.demo.products.find(
    ({ slug, sellerSlug }) =>
      sellerSlug === own?.slug &&
      shop.goods.productIds.get(slug) !== unreviewed(shop, 1) &&
      !shop.demo.reviews.some((one) => one.productSlug === slug && one.authorEmail === EMAIL),
  );
  return shop.goods.productIds.get(found?.slug ?? '') ?? '';
}
