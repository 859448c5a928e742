import { rm } from 'node:fs/promises';
import { connect } from 'node:net';

/**
 * Removes a socket file whose owner was killed and could not do so itself. One that somebody listens on stays, and
 * listening on it fails as on a port that is taken.
 */
export async function removeStaleSocket(path: string): Promise<void> {
  const refused = await new Promise<boolean>((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED'));
  });
  if (refused) await rm(path, { force: true });
}
