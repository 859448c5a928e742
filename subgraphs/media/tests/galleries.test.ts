import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productDeleted, productSaved, userErased } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import { guest, seller, shopper, staff } from '@storegraph/testkit';
import { sweepAssets } from '../src/assets/sweep-assets.action.js';
import { sweepBlobs } from '../src/blobs/sweep-blobs.action.js';
import { filesIn, openMediaShop, picture, type MediaShop } from './media-shop.js';

const DAY_MILLIS = 86_400_000;
const SET = `mutation ($input: SetProductMediaInput!) { setProductMedia(input: $input) { __typename
  ... on SetProductMediaSuccess { product { id media { id } thumbnail { id } } } ... on UserError { code path } } }`;
const PRODUCTS = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product { id thumbnail { id url thumbnailUrl } } } }`;
const GALLERIES = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product { media { id } models: media(kind: MODEL) { id } } ... on ProductVariant { image { id } } } }`;
const AVATAR = `mutation ($input: SetAvatarInput!) { setAvatar(input: $input) { ... on SetAvatarSuccess { user { id avatar { id } } } ... on UserError { code } } }`;
const LOGO = `mutation ($input: SetBrandLogoInput!) { setBrandLogo(input: $input) { ... on SetBrandLogoSuccess { brand { logo { id } } } ... on UserError { code } } }`;
const DELETE = `mutation ($input: DeleteAssetInput!) { deleteAsset(input: $input) { ... on DeleteAssetSuccess { deletedAssetId } ... on UserError { code } } }`;

const product = (id: string) => ({ __typename: 'Product', id });

describe('galleries', () => {
  let shop: MediaShop;
  let clock = 0;
  beforeAll(async () => {
    shop = await openMediaShop({}, () => new Date(Date.now() + clock));
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const offer = async (owner = seller(), version = 1, productId = newId('product')) => {
    const data = { productId, slug: 'a', name: 'A', status: 'ACTIVE' as const, variants: [] };
    const saved = { ...data, sellerId: owner.sellerId, version };
    await shop.receive('catalog', productSaved({ aggregateId: productId, data: saved }));
    return { owner, productId };
  };
  const upload = (viewer = seller()) => shop.upload({ viewer, purpose: 'PRODUCT' });
  const set = async (input: object, viewer = seller()) => shop.ask(SET, { input }, viewer);
  const eventsOf = async (type: string, aggregateId: string) =>
    (
      await shop.deps.prisma.outboxEvent.findMany({
        where: { type, aggregateId },
        orderBy: { position: 'asc' },
      })
    ).map(({ data }) => data as Record<string, unknown>);

  it('shows what the seller chose, in order, and announces it', async () => {
    const { owner, productId } = await offer();
    const [one, two] = [await upload(owner), await upload(owner)];
    const variantId = newId('variant');
    const input = { productId, assetIds: [two.id, one.id], variantImages: [{ variantId, assetId: one.id }] };
    const { data } = await set(input, owner);
    expect(data['setProductMedia'].product).toEqual({
      id: productId,
      media: [{ id: two.id }, { id: one.id }],
      thumbnail: { id: two.id },
    });
    const of = [product(productId), { __typename: 'ProductVariant', id: variantId }];
    const seen = await shop.ask(GALLERIES, { of });
    expect(seen.data['_entities']).toEqual([
      { media: [{ id: two.id }, { id: one.id }], models: [] },
      { image: { id: one.id } },
    ]);
    expect(await eventsOf('product_media.set', productId)).toEqual([
      { productId, assetIds: [two.id, one.id], thumbnailUrl: two.thumbnailUrl },
    ]);
  });

  it('lets nobody else change a gallery, and staff every one', async () => {
    const { owner, productId } = await offer();
    const input = { productId, assetIds: [(await upload(owner)).id] };
    expect((await set(input, seller())).code).toBe('FORBIDDEN');
    expect((await set(input, staff())).data['setProductMedia'].__typename).toBe('SetProductMediaSuccess');
  });

  it("shows nobody else's pictures unless they are shown already, and changes nothing then", async () => {
    const { owner, productId } = await offer();
    const [own, foreign] = [await upload(owner), await upload(seller())];
    const input = { productId, assetIds: [own.id, foreign.id] };
    expect((await set(input, owner)).data['setProductMedia']).toMatchObject({
      code: 'NOT_FOUND',
      path: ['input', 'assetIds', '1'],
    });
    expect(await eventsOf('product_media.set', productId)).toEqual([]);
    await set(input, staff());
    expect((await set({ ...input, assetIds: [foreign.id] }, owner)).data['setProductMedia'].__typename).toBe(
      'SetProductMediaSuccess',
    );
  });

  it('names what is wrong with a gallery', async () => {
    const { owner, productId } = await offer();
    const { id } = await upload(owner);
    const twice = await set({ productId, assetIds: [id, id] }, owner);
    expect(twice.data['setProductMedia']).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['input', 'assetIds'],
    });
    const variantImages = [{ variantId: newId('variant'), assetId: id }];
    const stray = await set({ productId, assetIds: [], variantImages }, owner);
    expect(stray.data['setProductMedia']).toMatchObject({ path: ['input', 'variantImages'] });
  });

  it('asks once for the thumbnails of a list of products', async () => {
    const { owner, productId } = await offer();
    const assets = await Promise.all([1, 2, 3].map(() => upload(owner)));
    await set({ productId, assetIds: assets.map(({ id }) => id) }, owner);
    const others = await Promise.all(
      Array.from({ length: 23 }, async () => {
        const next = await offer(owner);
        await set({ productId: next.productId, assetIds: [assets[0]?.id] }, owner);
        return next.productId;
      }),
    );
    shop.statements.length = 0;
    const { data } = await shop.ask(PRODUCTS, { of: [productId, ...others].map(product) });
    expect(data['_entities'].map((each: { thumbnail: unknown }) => each.thumbnail)).toHaveLength(24);
    expect(data['_entities'][23].thumbnail).toEqual({
      id: assets[0]?.id,
      url: assets[0]?.url,
      thumbnailUrl: assets[0]?.thumbnailUrl,
    });
    expect(shop.statements).toHaveLength(1);
  });

  it('asks once for the pictures of many reviews, and shows only what is public', async () => {
    const assets = await Promise.all([1, 2, 3].map(() => shop.upload()));
    const of = assets.map(({ id }) => ({
      __typename: 'Review',
      id: newId('review'),
      assetIds: [id, assets[0]?.id, newId('asset')],
    }));
    shop.statements.length = 0;
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Review { media { id } } } }`;
    const { data, errors } = await shop.ask(query, { of });
    expect(errors).toBeUndefined();
    expect(data['_entities'][1]).toEqual({ media: [{ id: assets[1]?.id }, { id: assets[0]?.id }] });
    expect(shop.statements).toHaveLength(1);
  });

  it("takes the newest news of a product's seller, in whatever order it comes", async () => {
    const { owner, productId } = await offer(seller(), 7);
    const former = seller();
    await offer(former, 6, productId);
    const input = { productId, assetIds: [] };
    expect((await set(input, former)).code).toBe('FORBIDDEN');
    expect((await set(input, owner)).code).toBeUndefined();
  });

  it('lets people choose a portrait of their own, and remove it', async () => {
    const ada = shopper();
    const portrait = await shop.upload({ viewer: ada, purpose: 'PROFILE' });
    const chosen = await shop.ask(AVATAR, { input: { assetId: portrait.id } }, ada);
    expect(chosen.data['setAvatar'].user).toEqual({ id: ada.id, avatar: { id: portrait.id } });
    const stolen = await shop.ask(AVATAR, { input: { assetId: portrait.id } }, shopper());
    expect(stolen.data['setAvatar']).toEqual({ code: 'NOT_FOUND' });
    expect((await shop.ask(AVATAR, { input: {} }, guest)).code).toBe('UNAUTHENTICATED');
    const removed = await shop.ask(AVATAR, { input: {} }, ada);
    expect(removed.data['setAvatar'].user.avatar).toBeNull();
  });

  it('lets those who write the catalog choose logos', async () => {
    const clerk = staff();
    const logo = await shop.upload({ viewer: clerk, purpose: 'BRAND' });
    const input = { brandId: newId('brand'), assetId: logo.id };
    expect((await shop.ask(LOGO, { input }, shopper())).code).toBe('FORBIDDEN');
    const { data } = await shop.ask(LOGO, { input }, clerk);
    expect(data['setBrandLogo'].brand.logo).toEqual({ id: logo.id });
  });

  it('deletes an asset for its owner or staff only, everywhere it is shown', async () => {
    const { owner, productId } = await offer();
    const [one, two] = [await upload(owner), await upload(owner)];
    await set({ productId, assetIds: [one.id, two.id] }, owner);
    const input = { assetId: one.id };
    expect((await shop.ask(DELETE, { input }, shopper())).code).toBe('FORBIDDEN');
    expect((await shop.ask(DELETE, { input }, guest)).code).toBe('UNAUTHENTICATED');
    const { data } = await shop.ask(DELETE, { input }, owner);
    expect(data['deleteAsset']).toEqual({ deletedAssetId: one.id });
    const announced = await eventsOf('product_media.set', productId);
    expect(announced.at(-1)).toMatchObject({ assetIds: [two.id], thumbnailUrl: two.thumbnailUrl });
    expect(await eventsOf('asset.deleted', one.id)).toEqual([{ assetId: one.id }]);
    expect((await fetch(one.url)).status).toBe(404);
    expect((await shop.ask(DELETE, { input }, staff())).data['deleteAsset']).toEqual({ code: 'NOT_FOUND' });
  });

  it('tells who uploaded a file to that person and staff only', async () => {
    const ada = shopper();
    const { id } = await shop.upload({ viewer: ada });
    const query = 'query ($id: ID!) { asset(id: $id) { id owner { id } } }';
    expect((await shop.ask(query, { id }, ada)).data['asset'].owner).toEqual({ id: ada.id });
    expect((await shop.ask(query, { id }, staff())).data['asset'].owner).toEqual({ id: ada.id });
    const other = await shop.ask(query, { id }, shopper());
    expect([other.code, other.data['asset']]).toEqual(['FORBIDDEN', { id, owner: null }]);
  });

  it('shows its owner an asset at once and on every step of its processing', async () => {
    const ada = shopper();
    const { id } = await shop.upload({ viewer: ada });
    const query = 'subscription ($id: ID!) { assetProcessing(id: $id) { status } }';
    const stranger = await shop.subscribe(query, { id }, shopper());
    expect((await stranger.next()).value.code).toBe('FORBIDDEN');
    const own = await shop.subscribe(query, { id }, ada);
    expect((await own.next()).value.data).toEqual({ assetProcessing: { status: 'READY' } });
    await own.return?.();
  });

  it('forgets the gallery of a deleted product, and after a week its pictures', async () => {
    const { owner, productId } = await offer();
    const asset = await upload(owner);
    await set({ productId, assetIds: [asset.id] }, owner);
    await fetch(asset.thumbnailUrl);
    const deleted = { productId, variantIds: [] };
    await shop.receive('catalog', productDeleted({ aggregateId: productId, data: deleted }));
    const seen = await shop.ask(PRODUCTS, { of: [product(productId)] });
    expect(seen.data['_entities'][0].thumbnail).toBeNull();
    const isKept = async () => {
      await sweepAssets(shop.deps);
      return (await fetch(asset.url)).status === 200;
    };
    expect(await isKept()).toBe(true);
    clock += 8 * DAY_MILLIS;
    expect(await isKept()).toBe(false);
    expect(await eventsOf('asset.deleted', asset.id)).toEqual([{ assetId: asset.id }]);
  });

  it('deletes what a person uploaded about themselves when they ask to be forgotten', async () => {
    const { owner, productId } = await offer();
    const [shown, portrait] = [await upload(owner), await shop.upload({ viewer: owner, purpose: 'PROFILE' })];
    await set({ productId, assetIds: [shown.id] }, owner);
    await shop.receive('accounts', userErased({ aggregateId: owner.id, data: { userId: owner.id } }));
    expect(await shop.deps.prisma.asset.findUnique({ where: { id: portrait.id } })).toBeNull();
    const kept = await shop.deps.prisma.asset.findUnique({ where: { id: shown.id } });
    expect(kept?.ownerId).toBeNull();
  });

  it('holds one file for equal pictures, and lets go of it with the last', async () => {
    const content = await picture({ width: 77, height: 33, colour: '#123456' });
    const before = (await filesIn(shop.folder)).length;
    const [one, two] = [await shop.upload({ content }), await shop.upload({ content })];
    expect(await filesIn(shop.folder)).toHaveLength(before + 1);
    for (const [asset, status] of [
      [one, 200],
      [two, 404],
    ] as const) {
      await shop.ask(DELETE, { input: { assetId: asset.id } }, staff());
      clock += 2 * 3_600_000;
      await sweepBlobs(shop.deps);
      expect((await fetch(two.url)).status).toBe(status);
    }
    expect((await filesIn(shop.folder)).length).toBeLessThanOrEqual(before);
  });
});
