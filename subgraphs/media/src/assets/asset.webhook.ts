import type { FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '@storegraph/ids';
import type { Routes } from '@storegraph/subgraph-server';
import type { Deps } from '../context.js';
import { findRendition, makeRendition } from '../renditions/make-rendition.action.js';
import { isMadeIn, mimeTypeOf, RenditionFormat } from '../renditions/rendition.js';
import { WorkshopFull } from '../renditions/workshop.js';
import { extensionOf, SVG } from '../uploads/accepted-type.js';
import { checkToken } from '../uploads/signed-token.js';
import { addressOf, tagOf, thumbnailAddressOf } from './asset-address.js';
import { AssetKind, type Asset } from './asset.js';
import { loadAsset } from './create-asset.action.js';
import { serveFile } from './serve-file.action.js';

type Exchange = { request: FastifyRequest; reply: FastifyReply };

const ORIGINAL = /^([0-9a-f]{32})\.([a-z0-9]{2,4})$/;
const RENDITION = /^w(\d{1,4})\.(webp|avif|jpeg)$/;
const THUMBNAIL = { width: 320, format: RenditionFormat.WEBP };
const COME_BACK_SECONDS = 2;

/**
 * Files and pictures for browsers and CDNs:
 * `GET /media/<asset>/<hash>.<ext>` the file, `GET /media/<asset>/<hash>/w<width>.<format>` a smaller picture,
 * `GET /media/<asset>` and `GET /thumb/<asset>` lead to the present ones.
 */
export function assetRoutes(deps: Deps): Routes {
  return async (app) => {
    const get = (url: string, answer: (exchange: Exchange) => Promise<void>) =>
      app.route({
        method: ['GET', 'HEAD'],
        url,
        handler: async (request, reply) => {
          await answer({ request, reply });
          if (!reply.sent) await notThere(reply);
          return reply;
        },
      });
    get('/media/:assetId/:file', (exchange) => sendOriginal(deps, exchange));
    get('/media/:assetId/:hash/:file', (exchange) => sendRendition(deps, exchange));
    get('/media/:assetId', (exchange) => redirect(deps, exchange, addressOf));
    get('/thumb/:assetId', (exchange) =>
      redirect(deps, exchange, (asset, cdnUrl) => thumbnailAddressOf(asset, THUMBNAIL, cdnUrl)),
    );
    await Promise.resolve();
  };
}

async function sendOriginal(deps: Deps, { request, reply }: Exchange): Promise<void> {
  const { assetId, file } = request.params as { assetId: string; file: string };
  const [, tag, extension] = ORIGINAL.exec(file) ?? [];
  const asset = tag ? await findKept(deps, assetId) : null;
  if (!asset || asset.mimeType === SVG || tagOf(asset.contentHash) !== tag) return;
  if (extensionOf(asset.mimeType) !== extension || !mayRead(deps, asset, request)) return;
  const isShown = asset.kind === AssetKind.IMAGE || asset.kind === AssetKind.VIDEO;
  await serveFile(
    deps.blobs,
    {
      hash: asset.contentHash,
      size: Number(asset.fileSize),
      mimeType: asset.mimeType,
      isPublic: asset.isPublic,
      saveAs: isShown ? null : file,
    },
    { request, reply },
  );
}

async function sendRendition(deps: Deps, { request, reply }: Exchange): Promise<void> {
  const { assetId, hash, file } = request.params as { assetId: string; hash: string; file: string };
  const [, width = '', format = ''] = RENDITION.exec(file) ?? [];
  if (!isMadeIn(Number(width)) || !isId('asset', assetId)) return;
  const wanted = { assetId, width: Number(width), format: format.toUpperCase() as RenditionFormat };
  const image = await findRendition(deps, wanted);
  if (!image || tagOf(image.contentHash) !== hash) return;
  const send = (made: { contentHash: string; fileSize: bigint }) =>
    serveFile(
      deps.blobs,
      {
        hash: made.contentHash,
        size: Number(made.fileSize),
        mimeType: mimeTypeOf(wanted.format),
        isPublic: true,
        saveAs: null,
      },
      { request, reply },
    );
  // A picture whose bytes were lost is made again.
  if (image.rendition && (await send(image.rendition))) return;
  try {
    const made = await makeRendition(deps, image, wanted);
    if (made) await send(made);
  } catch (error) {
    if (!(error instanceof WorkshopFull)) throw error;
    await reply
      .code(503)
      .headers({ 'retry-after': COME_BACK_SECONDS, 'cache-control': 'no-store' })
      .type('application/problem+json')
      .send({ code: 'BUSY', title: 'Many pictures are being made; try again shortly.', status: 503 });
  }
}

async function redirect(
  deps: Deps,
  { request, reply }: Exchange,
  address: (asset: Asset, cdnUrl: string) => string,
): Promise<void> {
  const { assetId } = request.params as { assetId: string };
  const asset = isId('asset', assetId) ? await loadAsset(deps.prisma, assetId) : null;
  if (!asset?.isPublic) return;
  await reply.header('cache-control', 'public, max-age=60').redirect(address(asset, deps.config.cdnUrl), 302);
}

async function findKept(deps: Deps, assetId: string) {
  const asset = isId('asset', assetId) ? await loadAsset(deps.prisma, assetId) : null;
  if (!asset?.contentHash || !asset.mimeType) return null;
  return { ...asset, contentHash: asset.contentHash, mimeType: asset.mimeType };
}

/** What is not public is read with a signed address. */
function mayRead(deps: Deps, asset: Asset, request: FastifyRequest): boolean {
  if (asset.isPublic) return true;
  const { token } = request.query as { token?: unknown };
  const grant = { to: 'read', id: asset.id } as const;
  return checkToken(deps.config.uploadKeys, { grant, token: String(token ?? '') }, deps.now()) === 'valid';
}

async function notThere(reply: FastifyReply): Promise<void> {
  await reply
    .code(404)
    .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .type('application/problem+json')
    .send({ code: 'NOT_FOUND', title: 'There is no such file.', status: 404 });
}
