/** The words of the pages in the reader's language. Dutch leads: its shape is the type that English has to have. */
import type { Locale } from '../../money/index.ts'
import { en } from './en.ts'
import { type nl as dutch, nl } from './nl.ts'

export type Text = typeof dutch

const texts = { nl, en } satisfies Record<Locale, Text>

export const text = (locale: Locale): Text => texts[locale]
