import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '@storegraph/ids';
import type { Routes } from '@storegraph/subgraph-server';
import type { Deps } from '../context.js';
import { receiveUpload, type UploadProblem } from './receive-upload.action.js';

type Problem = { readonly status: number; readonly code: string; readonly title: string };

const megabytes = (bytes: number) => Math.floor(bytes / 1_048_576);

function describe(problem: UploadProblem): Problem {
  switch (problem.kind) {
    case 'forged-token':
      return { status: 403, code: 'FORBIDDEN', title: 'This address was not signed by us.' };
    case 'expired':
      return { status: 410, code: 'UPLOAD_EXPIRED', title: 'This address is no longer valid; begin again.' };
    case 'already-received':
      return { status: 409, code: 'ALREADY_UPLOADED', title: 'The file has been received already.' };
    case 'too-many-attempts':
      return { status: 429, code: 'TOO_MANY_ATTEMPTS', title: 'Sending failed too often; begin again.' };
    case 'too-large':
      return {
        status: 413,
        code: 'TOO_LARGE',
        title: `Files of this type have at most ${megabytes(problem.maxBytes)} MB.`,
      };
    case 'length-mismatch':
      return {
        status: 400,
        code: 'LENGTH_MISMATCH',
        title: `Exactly ${problem.expected} bytes were announced.`,
      };
    case 'hash-mismatch':
      return { status: 400, code: 'HASH_MISMATCH', title: 'The content differs from the SHA-256 announced.' };
    case 'unsupported-type':
      return { status: 415, code: 'UNSUPPORTED_TYPE', title: 'The content is not of the type announced.' };
    case 'malformed':
      return { status: 422, code: 'MALFORMED_IMAGE', title: 'The picture is damaged or incomplete.' };
    case 'too-many-pixels':
      return { status: 422, code: 'TOO_MANY_PIXELS', title: 'The picture has more than 50 million pixels.' };
    case 'busy':
      return { status: 503, code: 'BUSY', title: 'Many files are being checked; try again shortly.' };
  }
}

/**
 * `PUT /uploads/<upload>?token=…`: the file itself, as an upload ticket says. 204 when it was taken; otherwise a
 * problem (RFC 9457) with a stable `code`, and nothing was kept.
 */
export function uploadRoutes(deps: Deps): Routes {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.put('/uploads/:uploadId', async (request, reply) => {
      const { uploadId } = request.params as { uploadId: string };
      const { token } = request.query as { token?: unknown };
      const outcome = isId('upload', uploadId)
        ? await receiveUpload(deps, {
            uploadId,
            token: String(token ?? ''),
            contentLength: lengthOf(request),
            body: (request.body as Readable | undefined) ?? request.raw,
          })
        : ({ kind: 'forged-token' } as const);
      void reply.header('cache-control', 'no-store');
      if (outcome.kind === 'received') return reply.code(204).send();
      return refuse({ request, reply }, describe(outcome));
    });
    await Promise.resolve();
  };
}

/** What was not read is read past, so that the sender, still sending, gets to see the answer. */
function refuse(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  problem: Problem,
): FastifyReply {
  request.raw.resume();
  if (problem.status === 503) void reply.header('retry-after', 5);
  return reply
    .code(problem.status)
    .header('connection', 'close')
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}

function lengthOf(request: FastifyRequest): number | null {
  const header = request.headers['content-length'];
  return header === undefined ? null : Number(header);
}
