import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { seedMedia, type SeedMediaInput } from '../src/seed.js';
import { filesIn, openMediaShop, picture, type MediaShop } from './media-shop.js';

const drawing = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" width="800" height="600"><rect width="800" height="600" fill="#2266aa"/><text x="20" y="80">${text}</text></svg>`;
const SEEN = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on Product { thumbnail { id url thumbnailUrl mimeType width height status } }
  ... on ProductVariant { image { id } } ... on Brand { logo { id } } ... on User { avatar { id } } } }`;

describe('seeding', () => {
  let shop: MediaShop;
  beforeAll(async () => {
    shop = await openMediaShop();
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  it('fills the shop with pictures once, however often it runs', async () => {
    const [productId, variantId, brandId, userId] = [
      newId('product'),
      newId('variant'),
      newId('brand'),
      newId('user'),
    ];
    const svg = { mimeType: 'image/svg+xml', alt: 'A cup' };
    const input: SeedMediaInput = {
      productImages: [
        { ...svg, key: 'cup/1', productId, bytes: drawing('one'), position: 1, variantId },
        { ...svg, key: 'cup/0', productId, bytes: Buffer.from(drawing('zero')), position: 0 },
      ],
      brandLogos: [{ ...svg, key: 'logo', brandId, bytes: drawing('logo') }],
      avatars: [{ key: 'ada', userId, bytes: await picture(), mimeType: 'image/png', alt: null }],
    };
    const ids = await seedMedia(shop.deps, input);
    expect(await seedMedia(shop.deps, input)).toEqual(ids);
    expect(await filesIn(shop.folder)).toHaveLength(4);
    const of = [
      { __typename: 'Product', id: productId },
      { __typename: 'ProductVariant', id: variantId },
      { __typename: 'Brand', id: brandId },
      { __typename: 'User', id: userId },
    ];
    const { data } = await shop.ask(SEEN, { of });
    expect(data['_entities']).toMatchObject([
      { thumbnail: { id: ids.get('cup/0'), width: 800, height: 600, status: 'READY' } },
      { image: { id: ids.get('cup/1') } },
      { logo: { id: ids.get('logo') } },
      { avatar: { id: ids.get('ada') } },
    ]);
  });

  it('shows drawings as pictures only, drawn anew in every width', async () => {
    const productId = newId('product');
    const key = 'drawn';
    const image = { key, productId, bytes: drawing('x'), mimeType: 'image/svg+xml', alt: null, position: 0 };
    await seedMedia(shop.deps, { productImages: [image] });
    const { data } = await shop.ask(SEEN, { of: [{ __typename: 'Product', id: productId }] });
    const { id, url, thumbnailUrl, mimeType } = data['_entities'][0].thumbnail;
    expect(mimeType).toBe('image/webp');
    expect(url).toMatch(/\/w1280\.webp$/);
    for (const [address, width] of [
      [url, 1_280],
      [thumbnailUrl, 320],
    ]) {
      const answer = await fetch(address);
      expect(answer.headers.get('content-type')).toBe('image/webp');
      const metadata = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
      expect(metadata).toMatchObject({ format: 'webp', width, height: (width * 3) / 4 });
    }
    for (const ending of ['svg', 'bin']) {
      const raw = String(url).replace(/\/w1280\.webp$/, `.${ending}`);
      expect((await fetch(raw)).status).toBe(404);
    }
    const asset = await shop.deps.prisma.asset.findUnique({ where: { id } });
    expect(asset?.dominantColor).toMatch(/^#[0-3]\w[5-7]\w[9ab]\w$/);
  });

  it('needs few statements for a thousand pictures', async () => {
    const productImages = Array.from({ length: 1_000 }, (_, at) => ({
      key: `many/${at}`,
      productId: newId('product'),
      bytes: drawing(`${at} ${'.'.repeat(3_000)}`),
      mimeType: 'image/svg+xml',
      alt: null,
      position: 0,
    }));
    shop.statements.length = 0;
    const ids = await seedMedia(shop.deps, { productImages });
    expect(ids.size).toBe(1_000);
    expect(shop.statements.length).toBeLessThan(10);
  });
});
