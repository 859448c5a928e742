import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@storegraph/ids';
import { guest, seller, shopper, staff } from '@storegraph/testkit';
import { BEGIN, filesIn, openMediaShop, picture, type MediaShop } from './media-shop.js';

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const problemOf = async (response: Response) => ({
  status: response.status,
  code: ((await response.json()) as { code: string }).code,
});

describe('uploading', () => {
  let shop: MediaShop;
  let clock = 0;
  beforeAll(async () => {
    shop = await openMediaShop({}, () => new Date(Date.now() + clock));
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const announce = (content: Buffer, given: object = {}) =>
    shop.begin({ mimeType: 'image/png', bytes: content.length, purpose: 'REVIEW', ...given }, shopper());

  it('makes an asset of a picture that was announced, sent and completed, once', async () => {
    const [ada, content] = [shopper(), await picture({ width: 80, height: 60, colour: '#c03010' })];
    const input = {
      mimeType: 'image/png',
      bytes: content.length,
      sha256: sha256(content),
      purpose: 'REVIEW',
    };
    const ticket = await shop.begin(input, ada);
    expect(ticket).toMatchObject({ method: 'PUT', headers: [{ name: 'content-type', value: 'image/png' }] });
    expect(await shop.complete(ticket.id, ada)).toMatchObject({ code: 'NOT_UPLOADED' });
    expect((await shop.send(ticket, content)).status).toBe(204);
    const first = await shop.complete(ticket.id, ada);
    expect(first['asset']).toMatchObject({
      kind: 'IMAGE',
      status: 'READY',
      mimeType: 'image/png',
      width: 80,
      height: 60,
      alt: 'A cup',
      version: 1,
    });
    expect((first['asset'] as { dominantColor: string }).dominantColor).toMatch(/^#[bc]\w{5}$/);
    const both = await Promise.all([shop.complete(ticket.id, ada), shop.complete(ticket.id, ada)]);
    expect(both).toEqual([first, first]);
    const events = await shop.deps.prisma.outboxEvent.count({ where: { type: 'asset.ready' } });
    expect(events).toBe(1);
  });

  it('keeps nothing of a photograph but the picture, upright', async () => {
    const photo = await sharp({ create: { width: 60, height: 20, channels: 3, background: '#336699' } })
      .withExif({ IFD0: { Copyright: 'secret' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const ada = shopper();
    const ticket = await shop.begin({ mimeType: 'image/jpeg', bytes: photo.length, purpose: 'PROFILE' }, ada);
    await shop.send(ticket, photo);
    const { url } = (await shop.complete(ticket.id, ada))['asset'] as { url: string };
    const served = Buffer.from(await (await fetch(url)).arrayBuffer());
    const { width, height, exif, orientation } = await sharp(served).metadata();
    expect({ width, height, exif, orientation }).toEqual({ width: 20, height: 60 });
    expect(photo.includes('secret')).toBe(true);
    expect(served.includes('secret')).toBe(false);
  });

  it.each(['image/jpeg', 'image/webp', 'image/avif', 'image/gif'])('takes %s', async (mimeType) => {
    const content = await sharp(await picture())
      .toFormat(mimeType.slice(6) as 'webp')
      .toBuffer();
    expect((await shop.send(await announce(content, { mimeType }), content)).status).toBe(204);
  });

  it('takes files larger than any other request may be', async () => {
    const noise = Buffer.alloc(1_100 * 1_100 * 3).map(() => Math.floor(Math.random() * 256));
    const raw = { width: 1_100, height: 1_100, channels: 3 } as const;
    const content = await sharp(noise, { raw }).png({ compressionLevel: 1 }).toBuffer();
    expect(content.length).toBeGreaterThan(3 * 1_048_576);
    expect((await shop.send(await announce(content), content)).status).toBe(204);
  });

  it('refuses types it does not take, and drawings from anyone', async () => {
    for (const mimeType of ['image/svg+xml', 'text/html', 'application/x-msdownload', 'video/mp4']) {
      const input = { fileName: 'a', mimeType, bytes: 10, purpose: 'REVIEW' };
      const { data } = await shop.ask(BEGIN, { input }, staff());
      expect(data['beginUpload'], mimeType).toMatchObject({
        __typename: 'UnsupportedType',
        path: ['input', 'mimeType'],
      });
    }
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const page = Buffer.from('<!doctype html><script>alert(1)</script>');
    for (const content of [drawing, page]) {
      const answer = await shop.send(await announce(content), content);
      expect(await problemOf(answer)).toEqual({ status: 415, code: 'UNSUPPORTED_TYPE' });
    }
  });

  it('refuses a picture of another type than announced', async () => {
    const content = await sharp(await picture())
      .jpeg()
      .toBuffer();
    const answer = await shop.send(await announce(content), content);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await problemOf(answer)).toEqual({ status: 415, code: 'UNSUPPORTED_TYPE' });
  });

  it('refuses what is larger than announced or allowed, by its headers and by its bytes', async () => {
    const input = { fileName: 'a.png', mimeType: 'image/png', bytes: 21 * 1_048_576, purpose: 'REVIEW' };
    const { data } = await shop.ask(BEGIN, { input }, shopper());
    expect(data['beginUpload']).toMatchObject({ code: 'TOO_LARGE', maxBytes: 20 * 1_048_576 });

    const content = await picture();
    const longer = Buffer.concat([content, Buffer.alloc(1_000)]);
    const declared = await shop.send(await announce(content), longer);
    expect(await problemOf(declared)).toEqual({ status: 400, code: 'LENGTH_MISMATCH' });

    const most = await shop.begin({ ...input, bytes: 20 * 1_048_576 }, shopper());
    const chunk = new Uint8Array(1_048_576);
    let left = 25;
    const endless = new ReadableStream({
      pull: (controller) => ((left -= 1) >= 0 ? controller.enqueue(chunk) : controller.close()),
    });
    const actual = await shop.send(most, endless).then(problemOf);
    expect(actual).toEqual({ status: 413, code: 'TOO_LARGE' });
    expect(await filesIn(shop.temporaryFolder)).toEqual([]);
  });

  it('refuses what is shorter than announced, or other than its SHA-256', async () => {
    const content = await picture();
    const short = await shop.send(await announce(content, { bytes: content.length + 1 }), content);
    expect(await problemOf(short)).toEqual({ status: 400, code: 'LENGTH_MISMATCH' });
    const other = await shop.send(await announce(content, { sha256: sha256(Buffer.from('x')) }), content);
    expect(await problemOf(other)).toEqual({ status: 400, code: 'HASH_MISMATCH' });
  });

  it('refuses a damaged picture and keeps nothing of it, then takes a whole one at the same address', async () => {
    const noise = Buffer.alloc(300 * 300 * 3, 0).map(() => Math.floor(Math.random() * 256));
    const whole = await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
      .png()
      .toBuffer();
    const half = whole.subarray(0, Math.floor(whole.length / 2));
    const damaged = Buffer.concat([half, Buffer.alloc(whole.length - half.length)]);
    const ticket = await announce(whole);
    const before = await filesIn(shop.folder);
    expect(await problemOf(await shop.send(ticket, damaged))).toEqual({
      status: 422,
      code: 'MALFORMED_IMAGE',
    });
    expect(await filesIn(shop.folder)).toEqual(before);
    expect(await filesIn(shop.temporaryFolder)).toEqual([]);
    const truncated = await shop.send(await announce(half), half);
    expect(await problemOf(truncated)).toEqual({ status: 422, code: 'MALFORMED_IMAGE' });
    expect((await shop.send(ticket, whole)).status).toBe(204);
  });

  it('refuses a small file that unpacks to a huge picture before unpacking it', async () => {
    const bomb = await picture({ width: 12_000, height: 12_000, colour: '#000000' });
    expect(bomb.length).toBeLessThan(1_048_576);
    const answer = await shop.send(await announce(bomb), bomb);
    expect(await problemOf(answer)).toEqual({ status: 422, code: 'TOO_MANY_PIXELS' });
  });

  it('works once at one address, and with its own token only', async () => {
    const content = await picture();
    const [ticket, other] = [await announce(content), await announce(content)];
    const withToken = (token: string) => ({
      ...ticket,
      url: ticket.url.replace(/token=.*/, `token=${token}`),
    });
    const stolen = other.url.split('token=')[1] ?? '';
    for (const token of ['', 'x', '9999999999.AAAA', stolen]) {
      const answer = await shop.send(withToken(token), content);
      expect(await problemOf(answer), token).toEqual({ status: 403, code: 'FORBIDDEN' });
    }
    const twice = await Promise.all([shop.send(ticket, content), shop.send(ticket, content)]);
    expect(twice.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await problemOf(await shop.send(ticket, content))).toEqual({
      status: 409,
      code: 'ALREADY_UPLOADED',
    });
    const nobodys = { ...ticket, url: ticket.url.replace(ticket.id, newId('upload')) };
    expect((await shop.send(nobodys, content)).status).toBe(403);
  });

  it('takes no file after its time, and says so when it is completed', async () => {
    const [ada, content] = [shopper(), await picture()];
    const input = { mimeType: 'image/png', bytes: content.length, purpose: 'REVIEW' };
    const ticket = await shop.begin(input, ada);
    clock = 16 * 60_000;
    try {
      expect(await problemOf(await shop.send(ticket, content))).toEqual({
        status: 410,
        code: 'UPLOAD_EXPIRED',
      });
      expect(await shop.complete(ticket.id, ada)).toMatchObject({ code: 'UPLOAD_EXPIRED' });
    } finally {
      clock = 0;
    }
  });

  it('stops taking attempts at one address', async () => {
    const content = Buffer.from('not a picture');
    const ticket = await announce(content);
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await shop.send(ticket, content)).status).toBe(415);
    expect(await problemOf(await shop.send(ticket, content))).toEqual({
      status: 429,
      code: 'TOO_MANY_ATTEMPTS',
    });
  });

  it("completes nobody else's upload", async () => {
    const content = await picture();
    const ticket = await announce(content);
    await shop.send(ticket, content);
    expect(await shop.complete(ticket.id, shopper())).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('asks who may upload for what', async () => {
    const input = { fileName: 'a.png', mimeType: 'image/png', bytes: 10, purpose: 'PRODUCT' };
    expect((await shop.ask(BEGIN, { input }, guest)).code).toBe('UNAUTHENTICATED');
    expect((await shop.ask(BEGIN, { input }, shopper())).code).toBe('FORBIDDEN');
    const asked = await shop.ask(BEGIN, { input }, seller());
    expect(asked.data['beginUpload'].__typename).toBe('BeginUploadSuccess');
    const logo = { ...input, purpose: 'BRAND' };
    expect((await shop.ask(BEGIN, { input: logo }, seller())).code).toBe('FORBIDDEN');
    expect((await shop.ask(BEGIN, { input: logo }, staff())).code).toBeUndefined();
  });

  it('names the field of a bad announcement', async () => {
    const input = { fileName: ' ', mimeType: 'png', bytes: 0, purpose: 'REVIEW', sha256: 'short' };
    const { data } = await shop.ask(BEGIN, { input }, shopper());
    expect(data['beginUpload']).toMatchObject({ code: 'INVALID_INPUT', path: ['input', 'fileName'] });
  });

  it('keeps files of imports from everyone but staff and their owner', async () => {
    const [clerk, content] = [staff(), Buffer.from('Handle,Title\ncup,Cup\n')];
    const ticket = await shop.begin(
      { mimeType: 'text/csv', bytes: content.length, purpose: 'IMPORT' },
      clerk,
    );
    expect((await shop.send(ticket, content)).status).toBe(204);
    const { id, url } = (await shop.complete(ticket.id, clerk))['asset'] as { id: string; url: string };
    const read = 'query ($id: ID!) { asset(id: $id) { id } }';
    expect((await shop.ask(read, { id }, shopper())).data['asset']).toBeNull();
    expect((await shop.ask(read, { id }, clerk)).data['asset']).toEqual({ id });
    const answer = await fetch(url);
    expect(await answer.text()).toBe(content.toString());
    expect(answer.headers.get('cache-control')).toContain('private');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect((await fetch(url.split('?')[0] ?? '')).status).toBe(404);
  });
});
