import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * How the wire behaves: `pass` as if it were not there, `hang` takes everything and answers nothing, `slow` holds each
 * answer back, `cut` resets the connection when a request has arrived, `tear` breaks off within the answer, `refuse`
 * closes new connections at once.
 */
export type Fault = 'pass' | 'hang' | 'slow' | 'cut' | 'tear' | 'refuse';

/** A network between a gateway and one subgraph, with faults on demand. Works on bytes: no client can tell. */
export type FaultyProxy = AsyncDisposable & {
  readonly url: string;
  /** Requests that came through since the start, whatever became of them. */
  readonly requests: () => number;
  become(fault: Fault): void;
};

const SLOW_MILLIS = 600;

/** @param target the port of the subgraph on this machine */
export async function faultyProxyTo(target: number): Promise<FaultyProxy> {
  const sockets = new Set<Socket>();
  let fault: Fault = 'pass';
  let requests = 0;

  const server = createServer((near) => {
    if (fault === 'refuse') return void near.resetAndDestroy();
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    }
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
    near.on('data', (chunk: Buffer) => {
      if (chunk.subarray(0, 5).toString() === 'POST ') requests += 1;
      if (fault === 'cut') near.resetAndDestroy();
      else if (fault !== 'hang') far.write(chunk);
    });
    far.on('data', (chunk: Buffer) => {
      if (fault === 'hang') return;
      if (fault === 'slow') return void setTimeout(() => near.write(chunk), SLOW_MILLIS);
      if (fault !== 'tear') return void near.write(chunk);
      near.write(chunk.subarray(0, chunk.length - 10), () => near.resetAndDestroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    requests: () => requests,
    become(next) {
      fault = next;
      // Who refuses new connections has lost the old ones too.
      if (next === 'refuse') for (const socket of sockets) socket.resetAndDestroy();
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
