import type { IssueCode, RowIssue } from './imported-product.js';
import { headingOf, type ShopifyColumn } from './shopify-columns.js';

/** One readable row of a Shopify file, cells by column, trimmed; an absent column reads as an empty cell. */
export interface ShopifyRow {
  row: number;
  line: number;
  handle: string;
  cell: (column: ShopifyColumn) => string;
}

/** What a remark is about, apart from its place. */
export interface Remark {
  column: ShopifyColumn | null;
  code: IssueCode;
  message: string;
}

/** Where in the file something is. */
export type Place = Pick<RowIssue, 'row' | 'line'> & { handle: string | null };

/** Collects remarks about rows; the severity says whether something was left out. */
export class RemarkList {
  readonly issues: RowIssue[] = [];

  error(place: Place, remark: Remark): void {
    this.issues.push(toIssue(place, remark, 'error'));
  }

  warn(place: Place, remark: Remark): void {
    this.issues.push(toIssue(place, remark, 'warning'));
  }
}

/** A remark at its place, as the report shows it. */
export function toIssue(place: Place, remark: Remark, severity: RowIssue['severity']): RowIssue {
  const { row, line, handle } = place;
  const column = remark.column && headingOf(remark.column);
  return { row, line, handle, column, code: remark.code, message: remark.message, severity };
}

/** True for a row that sells something; the others only add pictures. */
export function isVariantRow({ cell }: ShopifyRow): boolean {
  return ['price', 'sku', 'option1Value', 'option2Value', 'option3Value'].some(
    (c) => cell(c as ShopifyColumn) !== '',
  );
}

/**
 * Reads a yes/no cell: `true`, `TRUE`, `yes`, `1` and their opposites; an empty cell is `fallback`, anything else too,
 * with a remark.
 */
export function readFlag(
  row: ShopifyRow,
  column: ShopifyColumn,
  rest: { fallback: boolean; remarks: RemarkList },
): boolean {
  const text = row.cell(column).toLowerCase();
  if (['true', 'yes', 'y', '1'].includes(text)) return true;
  if (['false', 'no', 'n', '0'].includes(text)) return false;
  if (text !== '') {
    const message = `"${text}" is neither true nor false; ${String(rest.fallback)} was used.`;
    rest.remarks.warn(row, { column, code: 'INVALID_FLAG', message });
  }
  return rest.fallback;
}

/** Reads a descriptive cell: `null` when empty, cut with a remark when longer than `maxLength` characters. */
export function readText(
  row: ShopifyRow,
  column: ShopifyColumn,
  rest: { maxLength: number; remarks: RemarkList },
): string | null {
  const text = row.cell(column);
  if (text.length <= rest.maxLength) return text === '' ? null : text;
  const message = `${headingOf(column)} was cut to ${rest.maxLength} characters (it has ${text.length}).`;
  rest.remarks.warn(row, { column, code: 'FIELD_TOO_LONG', message });
  return text.slice(0, rest.maxLength).replace(/[\uD800-\uDBFF]$/, '');
}

/** True for an address a picture can be fetched from: absolute http or https, at most 2,048 characters. */
export function isPictureUrl(text: string): boolean {
  if (text.length > 2048 || !/^https?:\/\//i.test(text)) return false;
  return URL.canParse(text);
}
