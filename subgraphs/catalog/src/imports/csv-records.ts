import { parse } from 'csv-parse/sync';
import { CsvSplitter, type CsvFault, type RawRecord } from './csv-splitting.js';

/** One row of a CSV file: its cells, or why they cannot be read. */
export type CsvRecord =
  | { kind: 'cells'; row: number; line: number; cells: string[]; hasLostCharacters: boolean }
  | { kind: 'fault'; row: number; line: number; text: string; fault: CsvFault };

/** Pieces of a file as a stream delivers them. */
export type CsvChunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

const REPLACEMENT_CHARACTER = '\uFFFD';

/**
 * Reads a UTF-8 CSV file row by row and never holds more of it than a few chunks.
 *
 * A byte order mark is dropped, empty lines are passed over (they count as lines, not as rows), quoted line breaks
 * are kept. Unreadable rows come out as `fault`; nothing is thrown for what the file contains.
 *
 * @param maxRecordLength characters after which an open quote is taken for a stray one
 */
export async function* readCsvRecords(chunks: CsvChunks, maxRecordLength: number): AsyncGenerator<CsvRecord> {
  const splitter = new CsvSplitter(maxRecordLength);
  const decoder = new TextDecoder('utf-8');
  let row = 0;
  const number = (): number => (row += 1);
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    yield* toRecords(splitter.push(decoder.decode(bytes, { stream: true })), number);
  }
  yield* toRecords([...splitter.push(decoder.decode()), ...splitter.end()], number);
}

function* toRecords(raws: RawRecord[], nextRow: () => number): Generator<CsvRecord> {
  const present = raws.filter((raw) => raw.text.trim() !== '');
  const sound = cellsOf(present.filter((raw) => raw.fault === null));
  for (const raw of present) {
    const { text, line, fault } = raw;
    if (fault !== null) yield { kind: 'fault', row: nextRow(), line, text, fault };
    else
      yield { kind: 'cells', row: nextRow(), line, cells: sound.shift(), hasLostCharacters: hasLost(text) };
  }
}

/** Parses whole records together: one parser per chunk instead of one per row. */
function cellsOf(raws: RawRecord[]): { shift: () => string[] } {
  const rows: string[][] = parse(raws.map((raw) => raw.text).join('\n'), {
    record_delimiter: '\n',
    relax_column_count: true,
    // 5" is an honest title; a quote inside an unquoted cell is a character.
    relax_quotes: true,
  });
  if (rows.length !== raws.length) throw new Error(`${raws.length} CSV records were read as ${rows.length}`);
  let at = 0;
  return { shift: () => rows[at++] ?? [] };
}

function hasLost(text: string): boolean {
  return text.includes(REPLACEMENT_CHARACTER);
}
