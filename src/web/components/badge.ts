/** A state in one or two words. The word says it all; colour only helps. */
import { type Html, html } from '../html.ts'

export type Tone = 'calm' | 'busy' | 'good' | 'bad'

export const badge = (words: string, tone: Tone = 'calm'): Html =>
  html`<span class="badge badge-${tone}">${words}</span>`
