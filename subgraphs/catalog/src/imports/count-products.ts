import { readCsvRecords, type CsvChunks } from './csv-records.js';
import { readShopifyHeader } from './shopify-columns.js';

/** How many products a file is about: its different handles, without making sense of the rest. */
export async function countProducts(chunks: CsvChunks, maxRecordLength = 1_000_000): Promise<number> {
  const handles = new Set<string>();
  let column: number | null = null;
  for await (const record of readCsvRecords(chunks, maxRecordLength)) {
    if (record.kind === 'fault') continue;
    if (column === null) {
      const header = readShopifyHeader(record.cells);
      if (header.kind === 'invalid') return 0;
      column = header.positions.get('handle') ?? 0;
      continue;
    }
    const handle = record.cells[column]?.trim().toLowerCase();
    if (handle) handles.add(handle);
  }
  return handles.size;
}
