/**
 * The two balances that a statement stands between. The opening one is OPBD, or PRCD (the closing balance of the
 * statement before) at banks that write that instead; the closing one is CLBD. Available and forward balances
 * (CLAV, FWAV, ...) are forecasts and are not read.
 */

import type { Currency } from '../../money/index.ts'
import { childrenNamed, textOf, type XmlElement } from '../../platform/iso20022/index.ts'
import { dayIn, signedAmount } from './read-values.ts'
import { Refused } from './refusal.ts'
import type { Balance } from './statement.ts'

export interface Balances {
  readonly opening: Balance
  readonly closing: Balance
  /** What the statement says about the one before it, when it says both. */
  readonly previousClosing?: Balance
}

export function readBalances(statement: XmlElement, currency: Currency): Balances {
  const opening = balanceOf(statement, 'OPBD', currency)
  const previousClosing = balanceOf(statement, 'PRCD', currency)
  const closing = balanceOf(statement, 'CLBD', currency)
  const first = opening ?? previousClosing
  if (!first) throw new Refused('balance-missing', 'neither OPBD nor PRCD')
  if (!closing) throw new Refused('balance-missing', 'no CLBD')
  return { opening: first, closing, ...(opening && previousClosing ? { previousClosing } : {}) }
}

function balanceOf(statement: XmlElement, code: string, currency: Currency): Balance | undefined {
  const balances = childrenNamed(statement, 'Bal')
    .filter(each => textOf(each, 'Tp', 'CdOrPrtry', 'Cd') === code)
    .map(each => ({ amount: signedAmount(each, currency), date: dayOf(each) }))
  const [balance, ...others] = balances
  // A bank may repeat a balance; two different ones leave nothing to hold the entries against.
  if (others.some(other => other.amount !== balance?.amount)) {
    throw new Refused('balance-ambiguous', `more than one ${code}`)
  }
  return balance
}

function dayOf(balance: XmlElement) {
  const day = dayIn(balance, 'Dt')
  if (day === undefined) throw new Refused('missing', 'Bal/Dt')
  return day
}
