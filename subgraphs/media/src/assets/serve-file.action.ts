import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BlobStore } from '../blobs/blob-store.js';
import { namesTag, readRange } from './byte-range.js';

/** A file as it is handed out. */
export type ServedFile = {
  readonly hash: string;
  /** In bytes. */
  readonly size: number;
  readonly mimeType: string;
  /** Whether caches between us and the reader may keep it. */
  readonly isPublic: boolean;
  /** Under which name browsers save it instead of showing it; `null` for what is safe to show. */
  readonly saveAs: string | null;
};

const FOREVER = 'max-age=31536000, immutable';

/**
 * Answers a GET or HEAD for content that never changes: whole, in part, or not at all when the reader has it.
 *
 * @returns `false`, and nothing was answered, when the content is missing from the store
 */
export async function serveFile(
  blobs: BlobStore,
  file: ServedFile,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<boolean> {
  const { headers, method } = request;
  const etag = `"${file.hash}"`;
  if (namesTag(headers['if-none-match'], etag)) {
    await describe(reply, file).code(304).send();
    return true;
  }
  const mayBePart = headers['if-range'] === undefined || headers['if-range'] === etag;
  const range = readRange(mayBePart ? headers.range : undefined, file.size);
  if (range.kind === 'unsatisfiable') {
    await reply.code(416).header('content-range', `bytes */${file.size}`).send();
    return true;
  }
  const part = range.kind === 'part' ? range : undefined;
  const isHead = method === 'HEAD';
  const content = isHead ? null : await blobs.open(file.hash, part);
  if (!isHead && !content) return false;
  describe(reply, file).header('content-length', part ? part.end - part.start + 1 : file.size);
  if (part) reply.code(206).header('content-range', `bytes ${part.start}-${part.end}/${file.size}`);
  await reply.type(file.mimeType).send(content);
  return true;
}

/** Files come from people: browsers must neither guess what they are nor run anything in them. */
function describe(reply: FastifyReply, file: ServedFile): FastifyReply {
  if (file.saveAs) reply.header('content-disposition', `attachment; filename="${file.saveAs}"`);
  return reply.headers({
    'cache-control': `${file.isPublic ? 'public' : 'private'}, ${FOREVER}`,
    etag: `"${file.hash}"`,
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
  });
}
