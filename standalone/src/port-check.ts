import { createServer } from 'node:net';

/** Something else listens on the port this process was to use. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';

  constructor(readonly port: number) {
    super(
      `Port ${port} is in use. Stop what listens there, or choose another port: PORT=${port + 1} npm start`,
    );
  }
}

/**
 * Finds out early, before anything is started, whether the shop can listen where it should.
 *
 * @throws {PortTaken}
 */
export function requireFreePort(port: number, host: string): Promise<void> {
  if (port === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    );
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
