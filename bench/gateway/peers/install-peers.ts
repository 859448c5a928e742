import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const PEERS_FOLDER = import.meta.dirname;
const LOCKFILE = join(PEERS_FOLDER, 'package-lock.json');
/** A copy of the lockfile that was installed: npm's own record inside node_modules leaves parts of it out. */
const INSTALLED = join(PEERS_FOLDER, 'node_modules/.installed-lock.json');
const INSTALL_WITHIN_MILLIS = 600_000; // ten minutes

/**
 * Installs what the gateway is measured beside, unless it is there. It is no workspace: nobody who only wants to run the
 * shop pays for 700 MB of other gateways.
 */
export function installPeers(): void {
  if (isInstalled()) return;
  console.error('Installing the peers (about 700 MB, a minute) …');
  const { status, signal } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', PEERS_FOLDER],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: INSTALL_WITHIN_MILLIS,
    },
  );
  if (status !== 0) throw new Error(`npm ci in ${PEERS_FOLDER} ended with ${status ?? signal}`);
  cpSync(LOCKFILE, INSTALLED);
}

function isInstalled(): boolean {
  return existsSync(INSTALLED) && readFileSync(INSTALLED).equals(readFileSync(LOCKFILE));
}
