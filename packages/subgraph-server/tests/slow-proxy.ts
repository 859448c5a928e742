import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can fall silent, as a network does, without any connection being closed. */
export type SlowProxy = AsyncDisposable & {
  readonly url: string;
  fallSilent(): void;
  /** How many connections came so far. */
  accepted(): number;
  /** Every connection is lost; new ones are taken. */
  cut(): void;
};

/** @param target the URL of the server behind it; the proxy's own differs in host and port alone */
export async function slowProxyTo(target: string): Promise<SlowProxy> {
  const behind = new URL(target);
  const url = new URL(target);
  const sockets = new Set<Socket>();
  let isSilent = false;
  let accepted = 0;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    accepted += 1;
    const far = connect(Number(behind.port || 5432), behind.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    }
    if (!isSilent) near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    fallSilent() {
      isSilent = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    accepted: () => accepted,
    cut,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}
