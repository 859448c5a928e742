import path from 'node:path';
import type { Account } from './account.js';

/**
 * How every PostgreSQL program is started: as the given account, from a folder any account can enter, and
 * without the PG* variables of a developer's shell, which would override what is asked for here.
 */
export function childSettings(account: Account) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
  return { ...account, cwd: path.parse(process.cwd()).root, env: { ...env, LC_ALL: 'C' }, windowsHide: true };
}
