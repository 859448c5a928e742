import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import sharp from 'sharp';
import type { UserViewer } from '@storegraph/identity';
import { shopper, startTestSubgraph, type TestSubgraph } from '@storegraph/testkit';
import type { MediaConfig } from '../src/config.js';
import type { Deps } from '../src/context.js';
import { media } from '../src/subgraph.js';

export const BEGIN = `mutation ($input: BeginUploadInput!) { beginUpload(input: $input) { __typename
  ... on BeginUploadSuccess { upload { id method url headers { name value } maxBytes expiresAt } }
  ... on UserError { code path } ... on TooLarge { maxBytes } } }`;
const COMPLETE = `mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { __typename
  ... on CompleteUploadSuccess { asset { id kind url thumbnailUrl status mimeType fileSize width height alt dominantColor version } }
  ... on UserError { code path } } }`;

export type Ticket = { id: string; url: string; headers: { name: string; value: string }[] };
export type SeenAsset = { id: string; url: string; thumbnailUrl: string; width: number; fileSize: string };

/** The media domain with its door open on a port, and its files in a folder of its own. */
export type MediaShop = TestSubgraph<Deps> & {
  readonly folder: string;
  readonly temporaryFolder: string;
  begin(input: object, viewer: UserViewer): Promise<Ticket>;
  send(ticket: Ticket, content: Buffer | ReadableStream): Promise<Response>;
  complete(uploadId: string, viewer: UserViewer): Promise<Record<string, unknown>>;
  /** Uploads a picture from announcement to asset. */
  upload(given?: { viewer?: UserViewer; content?: Buffer; purpose?: string }): Promise<SeenAsset>;
};

/** @param config replaces single settings */
export async function openMediaShop(config: Partial<MediaConfig> = {}, now?: () => Date): Promise<MediaShop> {
  const home = await mkdtemp(join(tmpdir(), 'media-test-'));
  const [folder, temporaryFolder] = [join(home, 'files'), join(home, 'temporary')];
  const app = Fastify({ forceCloseConnections: true });
  // The addresses in answers lead to the port, which is known only once the door is open.
  const address = { url: '' };
  const full: MediaConfig = {
    get publicUrl() {
      return address.url;
    },
    get cdnUrl() {
      return address.url;
    },
    uploadKeys: ['an-upload-key-that-only-tests-ever-use'],
    blobs: { kind: 'disk', folder },
    temporaryFolder,
    externalImages: { isFetching: false, allowsPrivateNetworks: false },
    ...config,
  };
  const shop = await startTestSubgraph(media, { config: full, now });
  if (shop.subgraph.routes) await app.register(shop.subgraph.routes);
  address.url = await app.listen({ host: '127.0.0.1', port: 0 });

  const begin: MediaShop['begin'] = async (input, viewer) => {
    const { data, errors } = await shop.ask(BEGIN, { input: { fileName: 'a.png', ...input } }, viewer);
    if (errors) throw new Error(errors[0]?.message);
    return data['beginUpload'].upload;
  };
  const send: MediaShop['send'] = (ticket, content) =>
    fetch(ticket.url, {
      method: 'PUT',
      body: content as RequestInit['body'],
      headers: Object.fromEntries(ticket.headers.map(({ name, value }) => [name, value])),
      ...(content instanceof ReadableStream && { duplex: 'half' }),
    });
  const complete: MediaShop['complete'] = async (uploadId, viewer) =>
    (await shop.ask(COMPLETE, { input: { uploadId, alt: ' A cup ' } }, viewer)).data['completeUpload'];

  return {
    ...shop,
    folder,
    temporaryFolder,
    begin,
    send,
    complete,
    async upload({ viewer = shopper(), content, purpose = 'REVIEW' } = {}) {
      const bytes = content ?? (await picture());
      const ticket = await begin({ mimeType: 'image/png', bytes: bytes.length, purpose }, viewer);
      const { status } = await send(ticket, bytes);
      if (status !== 204) throw new Error(`the file was answered ${status}`);
      return (await complete(ticket.id, viewer))['asset'] as SeenAsset;
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await shop[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A PNG like no other. */
export function picture(given: { width?: number; height?: number; colour?: string } = {}): Promise<Buffer> {
  const { width = 40, height = 30 } = given;
  const colour =
    given.colour ??
    `#${Math.floor(Math.random() * 0xffffff)
      .toString(16)
      .padStart(6, '0')}`;
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer();
}

/** The files in a folder, however deep. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
