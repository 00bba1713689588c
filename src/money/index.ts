/** The money kernel: what amounts are, how they are divided, read and written. It imports nothing of the project. */
export { allocate } from './allocate.ts'
export {
  add,
  type Currency,
  compare,
  EUR,
  isCurrency,
  type Money,
  minorDigits,
  money,
  negate,
  subtract,
  sum,
} from './amount.ts'
export { type Cents, formatCount, formatMoney, formatPercent, type Locale, toDecimal } from './format.ts'
export { type AmountRefusal, LARGEST_TYPED_MINOR, type ParsedAmount, parseAmount } from './parse.ts'
export { perMille } from './ratio.ts'
