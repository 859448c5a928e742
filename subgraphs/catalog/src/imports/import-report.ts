import type { ImportEntry, RowIssue } from './imported-product.js';

/** The outcome of reading a file so far. Plain data: it can be stored and shown while the import runs. */
export interface ImportReport {
  /** Products and variants that were read completely. */
  products: number;
  variants: number;
  /** Products left out as a whole. */
  skippedProducts: number;
  errors: number;
  warnings: number;
  /** The first remarks of the file, at most `maxIssues`; the counts above go on. */
  issues: RowIssue[];
  maxIssues: number;
}

/** An empty report. @param maxIssues remarks kept in full, so that a broken file of 100,000 rows stays small */
export function newImportReport(maxIssues = 5_000): ImportReport {
  return { products: 0, variants: 0, skippedProducts: 0, errors: 0, warnings: 0, issues: [], maxIssues };
}

/** The report with one more entry counted. */
export function withEntry(report: ImportReport, entry: ImportEntry): ImportReport {
  const errors = entry.issues.filter(({ severity }) => severity === 'error').length;
  const room = Math.max(0, report.maxIssues - report.issues.length);
  return {
    ...report,
    products: report.products + (entry.kind === 'product' ? 1 : 0),
    variants: report.variants + (entry.kind === 'product' ? entry.product.variants.length : 0),
    skippedProducts: report.skippedProducts + (entry.kind === 'skipped' ? 1 : 0),
    errors: report.errors + errors,
    warnings: report.warnings + entry.issues.length - errors,
    issues:
      entry.issues.length > 0 && room > 0
        ? [...report.issues, ...entry.issues.slice(0, room)]
        : report.issues,
  };
}

/** The remarks as a CSV file for the owner of the import, in the order of rows. */
export function issuesAsCsv(issues: readonly RowIssue[]): string {
  const header = ['Row', 'Line', 'Handle', 'Column', 'Severity', 'Code', 'Message'];
  const rows = [...issues]
    .sort((one, other) => one.row - other.row)
    .map((i) => [
      String(i.row),
      String(i.line),
      i.handle ?? '',
      i.column ?? '',
      i.severity,
      i.code,
      i.message,
    ]);
  return [header, ...rows].map((cells) => cells.map(csvCell).join(',') + '\r\n').join('');
}

/** Quotes a cell; one that a spreadsheet would run as a formula is made text (OWASP, CSV injection). */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
