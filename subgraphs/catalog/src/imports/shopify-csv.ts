import { readCsvRecords, type CsvChunks, type CsvRecord } from './csv-records.js';
import type { ImportEntry, RowIssue } from './imported-product.js';
import { readShopifyHeader, type ShopifyHeader } from './shopify-columns.js';
import { assembleProduct, type ImportScope } from './shopify-product.js';
import { RemarkList, toIssue, type Remark, type ShopifyRow } from './shopify-row.js';

export interface ShopifyCsvOptions {
  /** Decimal places of the currency the prices are in. @default 2 */
  currencyExponent?: number;
  /** How many products may be open at once, waiting for rows that stand apart. @default 50 */
  maxOpenProducts?: number;
  /** Characters after which an open quote is taken for a stray one. @default 1_000_000 */
  maxRecordLength?: number;
}

type KnownHeader = Extract<ShopifyHeader, { kind: 'header' }>;
type CellsRecord = Extract<CsvRecord, { kind: 'cells' }>;

interface OpenProduct {
  rows: ShopifyRow[];
  remarks: RemarkList;
}

const MAX_ROWS_PER_PRODUCT = 4096;
const HANDLE = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}_.-]{0,254}$/u;

/**
 * Reads a Shopify product export as a stream: products come out in the order of their last rows, as soon as they are
 * complete, each with the remarks about its rows.
 *
 * Rows of a product may stand apart as long as fewer than `maxOpenProducts` other products begin or go on in between;
 * later rows are reported (`ROWS_TOO_FAR_APART`) and left out. Held in memory: the open products, and the handles and
 * SKUs seen so far. Nothing is thrown for what the file contains; a failing source throws through.
 */
export async function* readShopifyProducts(
  chunks: CsvChunks,
  options: ShopifyCsvOptions = {},
): AsyncGenerator<ImportEntry> {
  const records = readCsvRecords(chunks, options.maxRecordLength ?? 1_000_000);
  const first = await records.next();
  const header = first.done ? null : headerOf(first.value);
  if (!header || header.kind === 'invalid') {
    yield { kind: 'unassigned', issues: header ? headerIssues(header) : [emptyFileIssue()] };
    return;
  }
  const scope: ImportScope = { currencyExponent: options.currencyExponent ?? 2, takenSkus: new Set() };
  const groups = new ProductGroups(options.maxOpenProducts ?? 50);
  for await (const record of records) {
    const issues = record.kind === 'fault' ? [faultIssue(record)] : groups.add(record, header);
    if (issues.length > 0) yield { kind: 'unassigned', issues };
    for (const group of groups.takeComplete()) yield assembleProduct(group.rows, scope, group.remarks);
  }
  for (const group of groups.takeAll()) yield assembleProduct(group.rows, scope, group.remarks);
}

/** Gathers rows by handle and lets a product go once enough others have been seen since its last row. */
class ProductGroups {
  private readonly open = new Map<string, OpenProduct>();
  private readonly closed = new Set<string>();

  constructor(private readonly maxOpen: number) {}

  /** Puts a row where it belongs; answers the remarks about a row that belongs nowhere. */
  add(record: CellsRecord, header: KnownHeader): RowIssue[] {
    const row = toRow(record, header);
    const remark = remarkOnRow(record, row, header) ?? this.remarkOnGroup(row);
    if (remark) return [toIssue({ ...row, handle: row.handle || null }, remark, 'error')];
    if (record.cells.every((cell) => cell.trim() === '')) return [];
    const group = this.open.get(row.handle) ?? { rows: [], remarks: new RemarkList() };
    if (record.hasLostCharacters) {
      const message = 'Some characters could not be read; save the file as UTF-8 to keep them.';
      group.remarks.warn(row, { column: null, code: 'INVALID_ENCODING', message });
    }
    group.rows.push(row);
    // Deleting first moves the product to the end: the map's order is the order of last use.
    this.open.delete(row.handle);
    this.open.set(row.handle, group);
    return [];
  }

  private remarkOnGroup({ handle }: ShopifyRow): Remark | null {
    if (this.closed.has(handle)) {
      const message = 'The other rows of this product stand too far above; the row was left out.';
      return { column: 'handle', code: 'ROWS_TOO_FAR_APART', message };
    }
    if ((this.open.get(handle)?.rows.length ?? 0) < MAX_ROWS_PER_PRODUCT) return null;
    const message = `A product has at most ${MAX_ROWS_PER_PRODUCT} rows; the row was left out.`;
    return { column: 'handle', code: 'TOO_MANY_ROWS', message };
  }

  *takeComplete(): Generator<OpenProduct> {
    while (this.open.size > this.maxOpen) yield* this.takeOldest();
  }

  *takeAll(): Generator<OpenProduct> {
    while (this.open.size > 0) yield* this.takeOldest();
  }

  private *takeOldest(): Generator<OpenProduct> {
    for (const [handle, group] of this.open) {
      this.open.delete(handle);
      this.closed.add(handle);
      yield group;
      return;
    }
  }
}

function toRow({ row, line, cells }: CellsRecord, { positions }: KnownHeader): ShopifyRow {
  const cell: ShopifyRow['cell'] = (column) => cells[positions.get(column) ?? -1]?.trim() ?? '';
  return { row, line, handle: cell('handle').toLowerCase(), cell };
}

/** What keeps a row from belonging to any product. */
function remarkOnRow({ cells }: CellsRecord, { handle }: ShopifyRow, { width }: KnownHeader): Remark | null {
  if (cells.every((cell) => cell.trim() === '')) return null;
  if (cells.length < width || cells.slice(width).some((cell) => cell.trim() !== '')) {
    const message = `The row has ${cells.length} cells where the header has ${width}; it was left out.`;
    return { column: null, code: 'RAGGED_ROW', message };
  }
  if (handle === '') {
    const message = 'The row names no product (its handle is empty) and was left out.';
    return { column: 'handle', code: 'MISSING_HANDLE', message };
  }
  if (HANDLE.test(handle)) return null;
  const message =
    'A handle is at most 255 letters, digits, hyphens, points and underscores; the row was left out.';
  return { column: 'handle', code: 'INVALID_HANDLE', message };
}

function headerOf(record: CsvRecord): ShopifyHeader {
  return readShopifyHeader(record.kind === 'cells' ? record.cells : [record.text]);
}

function headerIssues({ missing, duplicated }: Extract<ShopifyHeader, { kind: 'invalid' }>): RowIssue[] {
  const place = { row: 1, line: 1, handle: null, severity: 'error' as const };
  return [
    ...missing.map((column) => {
      const message = `The file has no column "${column}"; nothing was imported.`;
      return { ...place, column, code: 'MISSING_COLUMN' as const, message };
    }),
    ...duplicated.map((column) => {
      const message = `The column "${column}" stands twice in the header; nothing was imported.`;
      return { ...place, column, code: 'DUPLICATE_COLUMN' as const, message };
    }),
  ];
}

function emptyFileIssue(): RowIssue {
  const remark: Remark = { column: null, code: 'EMPTY_FILE', message: 'The file is empty.' };
  return toIssue({ row: 1, line: 1, handle: null }, remark, 'error');
}

function faultIssue({ row, line, fault, text }: Extract<CsvRecord, { kind: 'fault' }>): RowIssue {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const remark: Remark =
    fault === 'unclosed-quote'
      ? {
          column: null,
          code: 'UNCLOSED_QUOTE',
          message: `A quote opens and never closes; the row was left out: ${shown}`,
        }
      : {
          column: null,
          code: 'TEXT_AFTER_QUOTE',
          message: `Text follows a closing quote (a quote inside a cell is written twice); the row was left out: ${shown}`,
        };
  return toIssue({ row, line, handle: null }, remark, 'error');
}
