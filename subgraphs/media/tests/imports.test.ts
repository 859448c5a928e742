import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisPubSub, imageRecorded } from '@storegraph/events';
import { newId } from '@storegraph/ids';
import { hasRedisServer, OwnRedis, staff } from '@storegraph/testkit';
import { watchAsset } from '../src/assets/watch-asset.action.js';
import { createImageFetcher } from '../src/imports/fetch-images.action.js';
import { fetchExternalImage } from '../src/imports/external-image.client.js';
import { isPublicAddress } from '../src/imports/public-address.client.js';
import { openMediaShop, picture, type MediaShop } from './media-shop.js';
import { openPictureHost, type PictureHost } from './picture-host.js';

const MEDIA = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product {
  media { id status url thumbnailUrl mimeType width alt version } } } }`;
const MINUTE_MILLIS = 60_000;

type Shown = { id: string; status: string; url: string; thumbnailUrl: string; version: number };

describe('pictures of an import', () => {
  let shop: MediaShop;
  let host: PictureHost;
  let clock = 0;
  beforeAll(async () => {
    const content = await picture({ width: 50, height: 50 });
    host = await openPictureHost((path, response) => {
      if (path.startsWith('/good')) response.end(content);
      else if (path === '/moved') response.writeHead(302, { location: '/good-after-all' }).end();
      else if (path === '/page') response.end('<html>no picture</html>');
      else if (path === '/broken') response.writeHead(500).end();
      else response.writeHead(404).end();
    });
    const externalImages = { isFetching: false, allowsPrivateNetworks: true };
    shop = await openMediaShop({ externalImages }, () => new Date(Date.now() + clock));
  });
  afterAll(async () => {
    await shop[Symbol.asyncDispose]();
    await host[Symbol.asyncDispose]();
  });

  const record = (productId: string, urls: string[]) => {
    const images = urls.map((url, position) => ({ url, alt: `View ${position}`, position }));
    return shop.receive('catalog', imageRecorded({ aggregateId: productId, data: { productId, images } }));
  };
  const shown = async (productId: string): Promise<Shown[]> => {
    const of = [{ __typename: 'Product', id: productId }];
    return (await shop.ask(MEDIA, { of })).data['_entities'][0].media;
  };

  it('are shown from where they lie until they have been fetched, then from here', async () => {
    const [productId, url] = [newId('product'), `${host.url}/good/1`];
    await record(productId, [url, 'javascript:alert(1)']);
    const [pending, ...others] = await shown(productId);
    expect(others).toEqual([]);
    expect(pending).toMatchObject({
      status: 'PENDING',
      url,
      thumbnailUrl: url,
      mimeType: null,
      alt: 'View 0',
    });
    const live = await shop.subscribe(
      'subscription ($id: ID!) { assetProcessing(id: $id) { status } }',
      { id: pending?.id },
      staff(),
    );
    expect((await live.next()).value.data.assetProcessing.status).toBe('PENDING');
    const next = live.next();
    await createImageFetcher(shop.deps)();
    expect((await next).value.data.assetProcessing.status).toBe('READY');
    await live.return?.();
    const [ready] = await shown(productId);
    expect(ready).toMatchObject({
      id: pending?.id,
      status: 'READY',
      mimeType: 'image/png',
      width: 50,
      version: 2,
    });
    expect((await fetch(ready?.thumbnailUrl ?? '')).status).toBe(200);
    const events = await shop.deps.prisma.outboxEvent.findMany({ where: { aggregateId: productId } });
    expect(events.map(({ data }) => (data as { thumbnailUrl: string }).thumbnailUrl)).toEqual([
      url,
      ready?.thumbnailUrl,
    ]);
  });

  it.skipIf(!hasRedisServer)('are watched from how they are, though live news are away', async () => {
    await using redis = await OwnRedis.start();
    const productId = newId('product');
    await record(productId, [`${host.url}/good/watched`]);
    const [picture] = await shown(productId);
    const pubsub = createRedisPubSub({ redisUrl: redis.url });
    await redis.kill();
    const live = watchAsset({ ...shop.deps, pubsub }, String(picture?.id));
    expect(await live.next()).toEqual({ done: false, value: null });
    let hasCome = false;
    const next = live.next().finally(() => (hasCome = true));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(hasCome).toBe(false);
    await createImageFetcher(shop.deps)();
    // Nobody told of it: the shop's own news do not go over this Redis.
    await redis.start();
    expect(await next).toEqual({ done: false, value: null });
    expect((await shown(productId))[0]?.status).toBe('READY');
    await live.return?.();
    await pubsub.close();
  });

  it('are recorded once however often they are imported, and fetched once for all products', async () => {
    const [one, two, url] = [newId('product'), newId('product'), `${host.url}/good/2`];
    await record(one, [url]);
    await record(one, [`${host.url}/good/3`, url]);
    await record(two, [url]);
    const [first, second] = await shown(one);
    expect((await shown(two)).map(({ id }) => id)).toEqual([second?.id]);
    expect(first?.url).toBe(`${host.url}/good/3`);
    await createImageFetcher(shop.deps)();
    expect(host.paths.filter((path) => path === '/good/2')).toHaveLength(1);
  });

  it('stay where they are when they cannot be had, after few attempts', async () => {
    const productId = newId('product');
    const [missing, page, broken, moved] = ['missing', 'page', 'broken', 'moved'].map(
      (name) => `${host.url}/${name}`,
    );
    await record(productId, [missing, page, broken, moved].map(String));
    const statuses = async () => (await shown(productId)).map(({ status }) => status);
    await createImageFetcher(shop.deps)();
    expect(await statuses()).toEqual(['FAILED', 'FAILED', 'PENDING', 'READY']);
    for (let hour = 0; hour < 6; hour += 1) {
      await createImageFetcher(shop.deps)();
      clock += 61 * MINUTE_MILLIS;
    }
    expect(await statuses()).toEqual(['FAILED', 'FAILED', 'FAILED', 'READY']);
    expect((await shown(productId)).map(({ url }) => url).slice(0, 3)).toEqual([missing, page, broken]);
    expect(host.paths.filter((path) => path === '/broken')).toHaveLength(4);
  });

  it('are not asked for again and again while no address can be reached', async () => {
    const productId = newId('product');
    const hosts = Array.from({ length: 6 }, (_, at) => `http://nowhere-${at}.invalid/a.png`);
    await record(productId, hosts);
    const fetchImages = createImageFetcher(shop.deps);
    const attempts = async () => {
      await fetchImages();
      const { _sum } = await shop.deps.prisma.asset.aggregate({
        where: { galleries: { some: { productId } } },
        _sum: { fetchAttempts: true },
      });
      return _sum.fetchAttempts;
    };
    expect(await attempts()).toBe(2);
    expect(await attempts()).toBe(2);
    clock += 2 * MINUTE_MILLIS;
    expect(await attempts()).toBe(4);
  });
});

describe('fetching from an address somebody wrote down', () => {
  const guarded = { allowsPrivateNetworks: false };
  const open = { allowsPrivateNetworks: true };

  it.each([
    'http://127.0.0.1:5432/',
    'http://localhost:5432/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://[fd00::1]/',
    'http://0.0.0.0/',
    'file:///etc/passwd',
    'ftp://example.org/a.png',
  ])('refuses %s', async (address) => {
    expect(await fetchExternalImage(address, guarded)).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['8.8.8.8', true],
    ['93.184.216.34', true],
    ['2606:4700::1111', true],
    ['100.64.0.1', false],
    ['172.31.255.255', false],
    ['198.18.0.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['fe80::1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['2001:db8::1', false],
    ['localhost', false],
  ])('knows whether %s is public', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });

  it('refuses addresses that other addresses lead to, and endless ways', async () => {
    await using host = await openPictureHost((path, response) => {
      const step = Number(path.slice(1));
      const location = path === '/file' ? 'file:///etc/passwd' : `/${step + 1}`;
      response.writeHead(302, { location }).end();
    });
    expect(await fetchExternalImage(`${host.url}/file`, open)).toMatchObject({ kind: 'refused' });
    expect(await fetchExternalImage(`${host.url}/1`, open)).toEqual({
      kind: 'refused',
      reason: 'too many redirects',
    });
    expect(host.paths).toEqual(['/file', '/1', '/2', '/3', '/4']);
  });

  it('stops reading what does not end', async () => {
    await using host = await openPictureHost((_path, response) => {
      const more = () => {
        if (!response.destroyed) response.write(Buffer.alloc(1_048_576), () => setImmediate(more));
      };
      more();
    });
    expect(await fetchExternalImage(host.url, open)).toEqual({ kind: 'refused', reason: 'too large' });
  });
});
