import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * Writes a generated file that is committed. With `--check` on the command line it writes nothing, and the process
 * fails when the file would change.
 *
 * @param command what brings the file up to date
 */
export function keepCommitted(file: string, text: string, command: string): void {
  const name = relative(process.cwd(), file);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) {
    console.log(`${name} is up to date.`);
  } else if (process.argv.includes('--check')) {
    console.error(`${name} is not what it was made from. Run \`${command}\`.`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`${name} is written.`);
  }
}
