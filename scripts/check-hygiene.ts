/** Fails on what must not be committed: secrets, addresses of one machine or registry, loose version ranges. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { looseVersions, disagreeingVersions, type Manifest } from './hygiene/versions.js';
import { unwantedText } from './hygiene/unwanted-text.js';

const LARGEST_TEXT_BYTES = 2_000_000;

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\0')
  .filter((file) => file !== '' && statSync(file, { throwIfNoEntry: false })?.isFile());

const problems: string[] = [];
const manifests: { file: string; manifest: Manifest }[] = [];
for (const file of files) {
  const bytes = readFileSync(file);
  if (bytes.length > LARGEST_TEXT_BYTES || bytes.subarray(0, 8_000).includes(0)) continue;
  const text = bytes.toString('utf8');
  problems.push(...unwantedText(text).map(({ line, reason }) => `${file}:${line}: ${reason}`));
  if (basename(file) === 'package.json') manifests.push({ file, manifest: JSON.parse(text) as Manifest });
}
problems.push(...looseVersions(manifests), ...disagreeingVersions(manifests));

for (const problem of problems) console.error(problem);
console.log(`${files.length} files checked, ${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
