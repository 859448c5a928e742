import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shopper } from '@storegraph/testkit';
import { keepBytes } from '../src/blobs/keep-blob.action.js';
import { sweepBlobs } from '../src/blobs/sweep-blobs.action.js';
import { sweepUploads } from '../src/uploads/sweep-uploads.action.js';
import { filesIn, openMediaShop, picture, type MediaShop } from './media-shop.js';

const HOUR_MILLIS = 3_600_000;

describe('sweeping', () => {
  let shop: MediaShop;
  let clock = 0;
  beforeAll(async () => {
    shop = await openMediaShop({}, () => new Date(Date.now() + clock));
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  const hoursLater = async (hours: number) => {
    clock += hours * HOUR_MILLIS;
    await sweepUploads(shop.deps);
    await sweepBlobs(shop.deps);
  };

  it('removes files that were sent and never completed, after a day', async () => {
    const [ada, content] = [shopper(), await picture()];
    const kept = await shop.upload();
    const input = { mimeType: 'image/png', bytes: content.length, purpose: 'REVIEW' };
    const ticket = await shop.begin(input, ada);
    await shop.send(ticket, content);
    await hoursLater(2);
    expect(await filesIn(shop.folder)).toHaveLength(2);
    await hoursLater(23);
    await hoursLater(2);
    expect(await filesIn(shop.folder)).toHaveLength(1);
    expect(await shop.complete(ticket.id, ada)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await fetch(kept.url)).status).toBe(200);
  });

  it('removes what a crash left between a file and its row', async () => {
    const before = await filesIn(shop.folder);
    await keepBytes(shop.deps, Buffer.from('nobody knows me'));
    expect(await filesIn(shop.folder)).toHaveLength(before.length + 1);
    await hoursLater(2);
    expect(await filesIn(shop.folder)).toEqual(before);
  });

  it('removes temporary files of killed processes, and none of running ones', async () => {
    await mkdir(shop.temporaryFolder, { recursive: true });
    const [old, fresh] = ['old.part', 'fresh.part'].map((name) => join(shop.temporaryFolder, name));
    await writeFile(old ?? '', 'x');
    await writeFile(fresh ?? '', 'x');
    const longAgo = new Date(Date.now() - 2 * HOUR_MILLIS);
    await utimes(old ?? '', longAgo, longAgo);
    await sweepUploads(shop.deps);
    expect(await filesIn(shop.temporaryFolder)).toEqual(['fresh.part']);
  });
});
