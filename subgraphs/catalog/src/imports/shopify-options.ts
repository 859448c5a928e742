import type { ImportedOption } from './imported-product.js';
import type { ShopifyColumn } from './shopify-columns.js';
import type { RemarkList, ShopifyRow } from './shopify-row.js';

const NAME_COLUMNS = ['option1Name', 'option2Name', 'option3Name'] as const satisfies ShopifyColumn[];
const VALUE_COLUMNS = ['option1Value', 'option2Value', 'option3Value'] as const satisfies ShopifyColumn[];
const MAX_LENGTH = 255;

/** The names of a product's options by position; an empty string where there is none. */
export type OptionNames = readonly [string, string, string];

/**
 * The option names of a product, taken from whichever row gives them first. Answers `null`, with remarks, when the
 * rows contradict each other: then no variant of the product can be trusted.
 */
export function readOptionNames(rows: readonly ShopifyRow[], remarks: RemarkList): OptionNames | null {
  const names: [string, string, string] = ['', '', ''];
  let isConsistent = true;
  for (const row of rows) {
    NAME_COLUMNS.forEach((column, at) => {
      const name = row.cell(column);
      const known = names[at] ?? '';
      if (name === '' || name === known) return;
      if (known === '') names[at] = name;
      else {
        isConsistent = false;
        const message = `The option is called "${known}" above and "${name}" here; the product was left out.`;
        remarks.error(row, { column, code: 'OPTION_NAME_CHANGED', message });
      }
    });
  }
  return hasUsableNames(names, rows, remarks) && isConsistent ? names : null;
}

function hasUsableNames(names: OptionNames, rows: readonly ShopifyRow[], remarks: RemarkList): boolean {
  const first = rows[0];
  const given = names.filter(Boolean);
  const isRepeated = new Set(given.map((name) => name.toLowerCase())).size < given.length;
  if (first && isRepeated) {
    const message = `Two options have the same name (${given.join(', ')}); the product was left out.`;
    remarks.error(first, { column: 'option1Name', code: 'DUPLICATE_OPTION_NAME', message });
  }
  const isTooLong = given.some((name) => name.length > MAX_LENGTH);
  if (first && isTooLong) {
    const message = `An option name is longer than ${MAX_LENGTH} characters; the product was left out.`;
    remarks.error(first, { column: 'option1Name', code: 'FIELD_TOO_LONG', message });
  }
  return !isRepeated && !isTooLong;
}

/** True for Shopify's way of saying that a product has no choices: one option "Title" with "Default Title". */
export function isWithoutChoices(names: OptionNames, variantRows: readonly ShopifyRow[]): boolean {
  const [row, ...others] = variantRows;
  if (!row || others.length > 0 || names[1] !== '' || names[2] !== '') return false;
  const value = row.cell('option1Value').toLowerCase();
  return value === 'default title' || (value === '' && ['', 'title'].includes(names[0].toLowerCase()));
}

/** The option values of a row in the order of the options, or `null`, with a remark, when one is missing or unnamed. */
export function readOptionValues(row: ShopifyRow, names: OptionNames, remarks: RemarkList): string[] | null {
  const values: string[] = [];
  for (const [at, column] of VALUE_COLUMNS.entries()) {
    const name = names[at] ?? '';
    const value = row.cell(column);
    const problem = problemOf(name, value);
    if (problem) {
      remarks.error(row, { column, ...problem });
      return null;
    }
    if (name !== '') values.push(value);
  }
  return values;
}

function problemOf(
  name: string,
  value: string,
): { code: 'OPTION_WITHOUT_NAME' | 'MISSING_OPTION_VALUE' | 'FIELD_TOO_LONG'; message: string } | null {
  if (name === '' && value !== '') {
    return {
      code: 'OPTION_WITHOUT_NAME',
      message: `"${value}" belongs to no named option; the variant was left out.`,
    };
  }
  if (name !== '' && value === '') {
    return { code: 'MISSING_OPTION_VALUE', message: `The variant has no ${name} and was left out.` };
  }
  if (value.length > MAX_LENGTH) {
    return {
      code: 'FIELD_TOO_LONG',
      message: `${name} is longer than ${MAX_LENGTH} characters; the variant was left out.`,
    };
  }
  return null;
}

/** The options of a product with the values its variants really use, in order of first appearance. */
export function collectOptions(
  names: OptionNames,
  variants: readonly { optionValues: string[] }[],
): ImportedOption[] {
  return names
    .flatMap((name, at) => (name === '' ? [] : [{ name, position: at + 1 }]))
    .map((option, index) => ({
      ...option,
      values: [...new Set(variants.map(({ optionValues }) => optionValues[index] ?? ''))],
    }));
}
