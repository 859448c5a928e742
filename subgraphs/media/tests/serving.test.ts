import { request } from 'node:http';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { openMediaShop, picture, type MediaShop, type SeenAsset } from './media-shop.js';

const FOREVER = 'public, max-age=31536000, immutable';

const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

/** Unlike fetch, sends the path as it is written. */
function statusOfPath(base: string, path: string): Promise<number> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('serving', () => {
  let shop: MediaShop;
  let asset: SeenAsset;
  beforeAll(async () => {
    shop = await openMediaShop();
    asset = await shop.upload({ content: await picture({ width: 1_000, height: 500 }) });
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const thumbnail = async (width: number, format: string) => {
    const query =
      'query ($id: ID!, $width: Int, $format: ImageFormat) { asset(id: $id) { thumbnailUrl(width: $width, format: $format) } }';
    const { data } = await shop.ask(query, { id: asset.id, width, format });
    return String(data['asset'].thumbnailUrl);
  };

  it('hands out the file for good, and safely', async () => {
    const answer = await fetch(asset.url);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': asset.fileSize,
      'cache-control': FOREVER,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'accept-ranges': 'bytes',
    });
    expect(await sharp(await bytesOf(answer)).metadata()).toMatchObject({ width: 1_000, height: 500 });
  });

  it.each([
    { asked: 300, format: 'WEBP', width: 320, found: 'webp' },
    { asked: 65, format: 'JPEG', width: 160, found: 'jpeg' },
    { asked: 640, format: 'AVIF', width: 640, found: 'heif' },
    { asked: 4_000, format: 'WEBP', width: 1_000, found: 'webp' },
  ])('makes a picture at least $asked wide as $format', async ({ asked, format, width, found }) => {
    const answer = await fetch(await thumbnail(asked, format));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(`image/${format.toLowerCase()}`);
    expect(answer.headers.get('cache-control')).toBe(FOREVER);
    const metadata = await sharp(await bytesOf(answer)).metadata();
    expect(metadata).toMatchObject({ width, height: width / 2, format: found });
  });

  it('sends nothing to who has it already, and only headers when asked for those', async () => {
    const first = await fetch(asset.thumbnailUrl);
    const etag = first.headers.get('etag') ?? '';
    const length = String((await bytesOf(first)).length);
    for (const tag of [etag, `W/${etag}`, '*', `"other", ${etag}`]) {
      const again = await fetch(asset.thumbnailUrl, { headers: { 'if-none-match': tag } });
      expect(again.status, tag).toBe(304);
      expect((await bytesOf(again)).length).toBe(0);
    }
    const head = await fetch(asset.thumbnailUrl, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(length);
    expect(head.headers.get('etag')).toBe(etag);
    expect((await fetch(asset.thumbnailUrl, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('hands out parts of a file', async () => {
    const whole = await bytesOf(await fetch(asset.url));
    const part = await fetch(asset.url, { headers: { range: 'bytes=10-19' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 10-19/${whole.length}`);
    expect(await bytesOf(part)).toEqual(whole.subarray(10, 20));
    const past = await fetch(asset.url, { headers: { range: `bytes=${whole.length}-` } });
    expect(past.status).toBe(416);
    const stale = await fetch(asset.url, { headers: { range: 'bytes=0-1', 'if-range': '"old"' } });
    expect((await bytesOf(stale)).length).toBe(whole.length);
  });

  it('makes a picture once however many ask for it at the same time', async () => {
    const { thumbnailUrl, id } = await shop.upload({ content: await picture({ width: 900, height: 900 }) });
    const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(thumbnailUrl)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const made = await shop.deps.prisma.rendition.findMany({ where: { assetId: id } });
    expect(made).toHaveLength(1);
    const writes = () => shop.statements.filter((text) => text.includes('INSERT INTO renditions'));
    shop.statements.length = 0;
    const wide = thumbnailUrl.replace('w320', 'w640');
    await Promise.all(Array.from({ length: 20 }, () => fetch(wide)));
    expect(writes()).toHaveLength(1);
    shop.statements.length = 0;
    await fetch(wide);
    expect(shop.statements).toHaveLength(1);
  });

  it('makes a picture again when its file was lost', async () => {
    const { thumbnailUrl, id } = await shop.upload();
    const first = await bytesOf(await fetch(thumbnailUrl));
    const [made] = await shop.deps.prisma.rendition.findMany({ where: { assetId: id } });
    await shop.deps.blobs.remove(made?.contentHash ?? '');
    expect(await bytesOf(await fetch(thumbnailUrl))).toEqual(first);
  });

  it('leads from the plain id to the present addresses', async () => {
    const origin = new URL(asset.url).origin;
    const whole = await fetch(`${origin}/media/${asset.id}`, { redirect: 'manual' });
    expect([whole.status, whole.headers.get('location')]).toEqual([302, asset.url]);
    const small = await fetch(`${origin}/thumb/${asset.id}`, { redirect: 'manual' });
    expect(small.headers.get('location')).toBe(asset.thumbnailUrl);
  });

  it('knows no other widths, formats, hashes or endings', async () => {
    const other = (from: string, to: string) =>
      [asset.url, asset.thumbnailUrl].map((url) => url.replace(from, to));
    const addresses = [
      ...other('w320', 'w321'),
      ...other('.webp', '.png'),
      ...other('.png', '.svg'),
      ...other(asset.id, newId('asset')),
      asset.url.replace(/[0-9a-f]{32}/, '0'.repeat(32)),
      asset.thumbnailUrl.replace(/[0-9a-f]{32}/, '0'.repeat(32)),
    ].filter((url) => url !== asset.url && url !== asset.thumbnailUrl);
    expect(addresses).toHaveLength(7);
    for (const address of addresses) {
      const answer = await fetch(address);
      expect(answer.status, address).toBe(404);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each([
    '/media/../../../../etc/passwd',
    '/media/%2e%2e/%2e%2e/etc/passwd',
    '/media/..%2f..%2f..%2fetc%2fpasswd',
    '/media/asst_x/../../etc/passwd',
    '/media/%00/w320.webp',
    '/media/....//....//etc/passwd',
    '/thumb/..%5c..%5cetc',
    '/uploads/../media',
  ])('leads nowhere by %s', async (path) => {
    expect([400, 404]).toContain(await statusOfPath(asset.url, path));
  });
});
