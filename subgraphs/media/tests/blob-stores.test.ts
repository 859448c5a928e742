import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf, type BlobStore } from '../src/blobs/blob-store.js';
import { openBlobs } from '../src/blobs/open-blobs.action.js';
import type { BlobsConfig } from '../src/config.js';
import { filesIn, openMediaShop, picture } from './media-shop.js';
import { openS3StandIn, type S3StandIn } from './s3-stand-in.js';

let s3: S3StandIn;
let folder: string;

const s3Config = (): Extract<BlobsConfig, { kind: 's3' }> => ({
  kind: 's3',
  bucket: 'pictures',
  region: 'eu-central-1',
  endpoint: s3.url,
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret-only-tests-use' },
  forcePathStyle: true,
  keyPrefix: 'media/',
});

beforeAll(async () => {
  s3 = await openS3StandIn();
  folder = await mkdtemp(join(tmpdir(), 'media-blobs-'));
});
afterAll(async () => {
  await s3[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe.each(['disk', 's3'] as const)('the blob store on %s', (kind) => {
  let blobs: BlobStore;
  beforeAll(async () => {
    blobs = await openBlobs(kind === 's3' ? s3Config() : { kind, folder: join(folder, 'kept') });
  });

  const read = async (hash: string, range?: { start: number; end: number }) => {
    const stream = await blobs.open(hash, range);
    return stream && (await buffer(stream)).toString();
  };

  it('keeps bytes and files, hands them out whole and in part, and lets go of them', async () => {
    const path = join(folder, 'a-file');
    await writeFile(path, 'content of a file');
    const [bytes, file] = [hashOf('some bytes'), hashOf('content of a file')];
    await blobs.put(bytes, Buffer.from('some bytes'));
    await blobs.put(file, { path });
    await blobs.put(file, { path });
    expect(await read(bytes)).toBe('some bytes');
    expect(await read(file)).toBe('content of a file');
    expect(await read(bytes, { start: 5, end: 7 })).toBe('byt');
    expect(await blobs.sizeOf(bytes)).toBe(10);
    await blobs.remove(bytes);
    await blobs.remove(bytes);
    expect(await read(bytes)).toBeNull();
    expect(await blobs.sizeOf(bytes)).toBeNull();
  });

  it('takes the same content from many at once', async () => {
    const content = Buffer.alloc(200_000, 7);
    await Promise.all(Array.from({ length: 8 }, () => blobs.put(hashOf(content), content)));
    expect(await blobs.sizeOf(hashOf(content))).toBe(content.length);
  });

  it('knows no names but hashes', async () => {
    for (const name of ['../../etc/passwd', '', 'A'.repeat(64)])
      await expect((async () => blobs.open(name))(), name).rejects.toThrow(TypeError);
  });
});

describe('object storage', () => {
  it('is asked with signed requests below the prefix', async () => {
    const hash = hashOf('signed');
    const blobs = await openBlobs(s3Config());
    await blobs.put(hash, Buffer.from('signed'));
    expect(s3.objects.get(`pictures/media/${hash}`)?.toString()).toBe('signed');
    expect(s3.requests.at(-1)).toMatchObject({ method: 'PUT', path: `/pictures/media/${hash}` });
    expect(s3.requests.at(-1)?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/s3\//,
    );
  });

  it('carries a picture from upload to thumbnail, and the disk holds nothing', async () => {
    await using shop = await openMediaShop({ blobs: s3Config() });
    const content = await picture({ width: 400, height: 400 });
    const { url, thumbnailUrl } = await shop.upload({ content });
    expect((await fetch(thumbnailUrl)).headers.get('content-type')).toBe('image/webp');
    const part = await fetch(url, { headers: { range: 'bytes=0-7' } });
    expect([...new Uint8Array(await part.arrayBuffer())]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    expect(await filesIn(shop.folder)).toEqual([]);
  });
});
