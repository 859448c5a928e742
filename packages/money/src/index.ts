export {
  add,
  allocateByWeight,
  money,
  multiply,
  negate,
  percentOf,
  sum,
  subtract,
  zero,
} from './arithmetic.js';
export type { Money } from './arithmetic.js';
export { CurrencyMismatch, InvalidAmount } from './errors.js';
export { exponentOf, formatDecimal, parseDecimal } from './decimal.js';
