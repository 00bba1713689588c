/**
 * The states of a payout and of a cycle as badges. Opgebouwd, in betaalbestand, bij de bank and uitbetaald never share a
 * word: "sent" would be said of a file that nobody took to the bank yet.
 */
import type { CycleState, Payout, PayoutState } from '../../disbursements/index.ts'
import type { Locale } from '../../money/index.ts'
import type { Html } from '../html.ts'
import { text } from '../text/index.ts'
import { badge, type Tone } from './badge.ts'

type Stage<State extends string> = Exclude<State, 'sent'> | 'in-file' | 'at-bank'
export type PayoutStage = Stage<PayoutState>
export type CycleStage = Stage<CycleState>

/** Whether all that is in a file is at the bank: of what is paid again, the new file counts. */
export const areAtBank = (its: readonly Pick<Payout, 'state' | 'sentAt'>[]): boolean =>
  its.every(({ state, sentAt }) => state !== 'sent' || sentAt !== null)

/** `sentAt`: when the file went to the bank. */
export const payoutStage = ({ state, sentAt }: Pick<Payout, 'state' | 'sentAt'>): PayoutStage =>
  state === 'sent' ? (sentAt ? 'at-bank' : 'in-file') : state

export const cycleStage = (state: CycleState, isAtBank: boolean): CycleStage =>
  state === 'sent' ? (isAtBank ? 'at-bank' : 'in-file') : state

const payoutTones: Record<PayoutStage, Tone> = {
  planned: 'calm',
  accrued: 'calm',
  'in-file': 'busy',
  'at-bank': 'busy',
  paid: 'good',
  returned: 'bad',
  rejected: 'bad',
}

const cycleTones: Record<CycleStage, Tone> = {
  planned: 'calm',
  proposed: 'busy',
  approved: 'busy',
  'in-file': 'busy',
  'at-bank': 'busy',
  'not-all-paid': 'bad',
  settled: 'good',
}

export const payoutBadge = (stage: PayoutStage, locale: Locale): Html =>
  badge(text(locale).payoutStages[stage], payoutTones[stage])

export const cycleBadge = (stage: CycleStage, locale: Locale): Html =>
  badge(text(locale).cycleStages[stage], cycleTones[stage])
