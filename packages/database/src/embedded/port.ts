import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { PortInUse } from '../errors.js';

/** Tried first: below the range from which systems take the ports of outgoing connections. */
const FIRST_CHOICE = 15432;
const CHOICES = 100;

/**
 * The port to listen on: the one asked for; else the one this data directory used last, so that links and
 * tools keep working; else a free one.
 *
 * @throws PortInUse when the port asked for is taken
 */
export async function choosePort(dataDir: string, asked: number | undefined): Promise<number> {
  if (asked !== undefined) {
    if (await isFree(asked)) return asked;
    throw new PortInUse(asked, dataDir);
  }
  const last = Number(await readFile(portFile(dataDir), 'utf8').catch(() => ''));
  if (Number.isInteger(last) && last > 0 && last < 65_536 && (await isFree(last))) return last;
  for (let port = FIRST_CHOICE; port < FIRST_CHOICE + CHOICES; port += 1) {
    if (await isFree(port)) return port;
  }
  return anyFreePort();
}

export async function rememberPort(dataDir: string, port: number): Promise<void> {
  await writeFile(portFile(dataDir), String(port));
}

function portFile(dataDir: string): string {
  return path.join(dataDir, 'storegraph.port');
}

async function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

async function anyFreePort(): Promise<number> {
  return listenOnce(0);
}

async function listenOnce(port: number): Promise<number> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : port;
}
