/** The states of a payout and of a cycle as badges. Opgebouwd, verstuurd and uitbetaald never share a colour or a word. */
import type { CycleState, PayoutState } from '../../disbursements/index.ts'
import type { Locale } from '../../money/index.ts'
import type { Html } from '../html.ts'
import { text } from '../text/index.ts'
import { badge, type Tone } from './badge.ts'

const payoutTones: Record<PayoutState, Tone> = {
  planned: 'calm',
  accrued: 'calm',
  sent: 'busy',
  paid: 'good',
  returned: 'bad',
  rejected: 'bad',
}

const cycleTones: Record<CycleState, Tone> = {
  planned: 'calm',
  proposed: 'busy',
  approved: 'busy',
  sent: 'busy',
  settled: 'good',
}

export const payoutBadge = (state: PayoutState, locale: Locale): Html =>
  badge(text(locale).payoutStates[state], payoutTones[state])

export const cycleBadge = (state: CycleState, locale: Locale): Html =>
  badge(text(locale).cycleStates[state], cycleTones[state])
