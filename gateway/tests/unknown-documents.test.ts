import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, 'unknown-lines.ts');
const START_MILLIS = 60_000; // a process starts, on a machine that may be busy
const MOST = 1_000;

type Line = { msg: string; level: string; hash?: string; document?: string };

/** What is logged when so many different unknown documents are asked, twice each. */
function linesFor(different: number): Line[] {
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', SCRIPT, String(different)], {
    encoding: 'utf8',
    timeout: START_MILLIS,
  });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Line);
}

describe('documents that are not trusted', { timeout: 2 * START_MILLIS }, () => {
  it('are noted once each, by hash and without the values in them; trusted ones never', () => {
    const asked = [0, 1].map((at) => `{ a${at}: product(id: "hunter2") }`);
    const noted = linesFor(2).sort((one, other) =>
      String(one.document).localeCompare(String(other.document)),
    );
    expect(noted).toEqual(
      asked.map((source) =>
        expect.objectContaining({
          level: 'warn',
          msg: 'a document that is not trusted',
          hash: createHash('sha256').update(source).digest('hex'),
          document: source.replace('hunter2', ''),
        }),
      ),
    );
  });

  it('are noted a thousand times at most, whoever sends how many', () => {
    const lines = linesFor(MOST + 100);
    expect(new Set(lines.flatMap(({ hash }) => hash ?? [])).size).toBe(MOST);
    expect(lines).toHaveLength(MOST + 1);
    expect(lines.at(-1)?.msg).toBe('further documents that are not trusted go unnoted');
  });
});
