import { describe, expect, it } from 'vitest';
import type { RowIssue } from './imported-product.js';
import { issuesAsCsv, newImportReport, withEntry } from './import-report.js';

const issue = (row: number, severity: RowIssue['severity'], message = 'x'): RowIssue => ({
  row,
  line: row,
  handle: 'mug',
  column: 'Variant Price',
  code: 'INVALID_PRICE',
  message,
  severity,
});

describe('the report of an import', () => {
  it('counts everything and keeps only the first remarks', () => {
    const entry = {
      kind: 'skipped' as const,
      handle: 'mug',
      issues: [issue(2, 'error'), issue(3, 'warning')],
    };
    const report = [entry, entry, entry].reduce(withEntry, newImportReport(3));
    expect(report).toMatchObject({ skippedProducts: 3, products: 0, errors: 3, warnings: 3 });
    expect(report.issues).toHaveLength(3);
  });

  it('writes remarks in row order and disarms formulas', () => {
    const csv = issuesAsCsv([issue(9, 'error', 'a "quoted", word'), issue(2, 'warning', '=HYPERLINK("x")')]);
    expect(csv).toBe(
      'Row,Line,Handle,Column,Severity,Code,Message\r\n' +
        `2,2,mug,Variant Price,warning,INVALID_PRICE,"'=HYPERLINK(""x"")"\r\n` +
        '9,9,mug,Variant Price,error,INVALID_PRICE,"a ""quoted"", word"\r\n',
    );
  });
});
