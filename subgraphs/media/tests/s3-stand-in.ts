import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Amazon S3 as far as this domain uses it: PutObject, GetObject, HeadObject, DeleteObject on path-style addresses. */
export type S3StandIn = AsyncDisposable & {
  readonly url: string;
  /** Contents by `bucket/key`. */
  readonly objects: Map<string, Buffer>;
  readonly requests: { method: string; path: string; authorization: string }[];
};

export async function openS3StandIn(): Promise<S3StandIn> {
  const objects = new Map<string, Buffer>();
  const requests: S3StandIn['requests'] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://s3').pathname);
    const { method = '', headers } = request;
    requests.push({ method, path, authorization: String(headers.authorization) });
    void answer(objects, path.slice(1), { request, response });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  objects: Map<string, Buffer>,
  key: string,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const object = objects.get(key);
  switch (request.method) {
    case 'PUT':
      objects.set(key, await buffer(request));
      response.setHeader('etag', '"stored"').end();
      return;
    case 'DELETE':
      objects.delete(key);
      response.writeHead(204).end();
      return;
    case 'HEAD':
      response.writeHead(object ? 200 : 404, object && { 'content-length': object.length }).end();
      return;
    default:
      if (object) sendPart(object, request.headers.range, response);
      else {
        response.writeHead(404, { 'content-type': 'application/xml' });
        response.end(
          '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>',
        );
      }
  }
}

function sendPart(object: Buffer, range: string | undefined, response: ServerResponse): void {
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  const part = start === undefined ? object : object.subarray(Number(start), Number(end) + 1);
  response.writeHead(start === undefined ? 200 : 206, { 'content-length': part.length });
  response.end(part);
}
