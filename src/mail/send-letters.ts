/**
 * Sends what waits. A letter is claimed in one short transaction, sent outside any, and marked in another, so that a slow
 * mail server holds no lock. A crash between sending and marking sends it once more, with the same Message-ID.
 */
import type { Deps } from '../deps.ts'
import { organisationById } from '../organisations/index.ts'
import { type Claimed, claimNext, dropExpired, markFailed, markSent, tryLater } from './claims.ts'
import { unseal } from './outbox.ts'
import { renderLetter } from './render-letter.ts'
import { DeliveryError, type MailTransport, type Message } from './transport.ts'

const LANES = 4
const RUN_MS = 10 * 60_000
const PAUSE_MS = 500

export interface Sent {
  readonly sent: number
  /** Letters that did not leave: refused, unreadable, too old, or to be tried again. */
  readonly failed: number
}

/**
 * One letter that fails holds up no other; while one is slow, what is queued meanwhile goes beside it. Without a mail
 * server (the demonstration) nothing happens and all stays.
 */
export async function sendLetters(deps: Deps): Promise<Sent> {
  const { mail } = deps
  if (!mail) return { sent: 0, failed: 0 }
  const { legalName } = await organisationById(deps.db, deps.organisationId)
  let sent = 0
  let failed = await dropExpired(deps)
  let underway = 0
  let reachable = true
  const until = performance.now() + RUN_MS

  const one = async (claimed: Claimed): Promise<void> => {
    try {
      await sendOne(deps, mail, legalName, claimed)
      sent += 1
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      failed += 1
      if (error.outcome === 'refused') await markFailed(deps, claimed, error.code)
      else await tryLater(deps, claimed, error.code)
      if (error.outcome === 'unreachable') reachable = false
    }
  }
  const lane = async (): Promise<void> => {
    while (reachable && performance.now() < until) {
      const claimed = await claimNext(deps)
      if (claimed) {
        underway += 1
        await one(claimed).finally(() => {
          underway -= 1
        })
      } else if (underway > 0) await new Promise(resolve => setTimeout(resolve, PAUSE_MS))
      else return
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: LANES }, lane))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return { sent, failed }
}

async function sendOne(deps: Deps, mail: MailTransport, senderName: string, claimed: Claimed): Promise<void> {
  await mail.deliver(messageOf(deps, senderName, claimed))
  await markSent(deps, claimed)
}

function messageOf(deps: Deps, senderName: string, claimed: Claimed): Message {
  const { organisationId, vault } = deps
  const publicUrl = deps.publicUrl()
  const { id, locale, queuedAt } = claimed
  try {
    const { to, letter } = unseal(vault, { organisationId, id }, claimed.sealed)
    return {
      // The same at every attempt, and so is the rest: whoever gets it twice sees it once.
      messageId: `<${id}@${new URL(publicUrl).hostname}>`,
      date: queuedAt,
      senderName,
      to,
      stop: letter.stop,
      ...renderLetter(letter, { locale, organisation: senderName, publicUrl }),
    }
  } catch {
    // Its key is gone, or somebody changed it: words may return with the key, so it waits.
    throw new DeliveryError('later', 'unreadable')
  }
}
