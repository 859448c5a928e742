import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsvRecords, type CsvChunks, type CsvRecord } from './csv-records.js';

async function collect(items: AsyncIterable<CsvRecord>): Promise<CsvRecord[]> {
  const collected: CsvRecord[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function recordsOf(chunks: CsvChunks, maxRecordLength = 1_000): Promise<CsvRecord[]> {
  return collect(readCsvRecords(chunks, maxRecordLength));
}

async function cellsOf(...chunks: (string | Uint8Array)[]): Promise<string[][]> {
  return (await recordsOf(chunks)).map((record) =>
    record.kind === 'cells' ? record.cells : [`! ${record.fault}`],
  );
}

describe('reading CSV records', () => {
  it('drops the byte order mark and understands every line end', async () => {
    expect(await cellsOf('\uFEFFa,b\r\n1,2\n3,4\r5,6')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
  });

  it('keeps line breaks, commas and doubled quotes inside quotes', async () => {
    expect(await cellsOf('a,"x\r\ny, ""z"""\nb,c\n')).toEqual([
      ['a', 'x\r\ny, "z"'],
      ['b', 'c'],
    ]);
  });

  it('takes a quote inside an unquoted cell for a character', async () => {
    expect(await cellsOf('Pipe 5",9.00\nTube, "6",1\n')).toEqual([
      ['Pipe 5"', '9.00'],
      ['Tube', ' "6"', '1'],
    ]);
  });

  it('loses one line to a quote that never closes, not the rest of the file', async () => {
    expect(await cellsOf('a,1\nb,"2\nc,3\nd,4\n')).toEqual([
      ['a', '1'],
      ['! unclosed-quote'],
      ['c', '3'],
      ['d', '4'],
    ]);
  });

  it('loses one line to a stray quote when later rows are quoted too', async () => {
    expect(await cellsOf('a,"1\nb,"2"\nc,"3"\n')).toEqual([['! text-after-quote'], ['b', '2'], ['c', '3']]);
  });

  it('gives a stray quote up after the longest possible record', async () => {
    const lines = Array.from({ length: 400 }, (_, at) => `row${at},x\n`);
    const records = await recordsOf(['bad,"x\n', ...lines], 500);
    expect(records.filter((record) => record.kind === 'fault')).toHaveLength(1);
    expect(records).toHaveLength(401);
  });

  it('numbers rows as a spreadsheet and lines as an editor', async () => {
    const records = await recordsOf(['h\n"two\nlines"\n\nlast\n']);
    expect(records.map(({ row, line }) => [row, line])).toEqual([
      [1, 1],
      [2, 2],
      [3, 5],
    ]);
  });

  it('notices bytes that are not UTF-8', async () => {
    const [record] = await recordsOf([Uint8Array.of(0x67, 0x72, 0xfc, 0x6e)]);
    expect(record).toMatchObject({ kind: 'cells', hasLostCharacters: true });
  });

  it('reads what a careful writer wrote, however the bytes are cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', '😀', ' ') });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 9 }),
        async (table, end, size) => {
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const bytes = new TextEncoder().encode(
            table.map((row) => row.map(quoted).join(',') + end).join(''),
          );
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
            bytes.subarray(at * size, (at + 1) * size),
          );
          expect(await cellsOf(...chunks)).toEqual(table);
        },
      ),
    );
  });
});
