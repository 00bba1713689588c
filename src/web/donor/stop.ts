/** Behind the link under a letter: one button, since programs that look at mail open links. Then: it is done. */
import type { StoppableKind } from '../../donors/index.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { localPath, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

export interface StopModel {
  readonly kind: StoppableKind
  readonly token: string
  readonly done: boolean
}

export function stopView(page: PageContext, { kind, token, done }: StopModel): Html {
  const t = text(page.locale).donor
  const { label } = t.letters.kinds[kind]
  const main = html`<div class="frame frame-narrow">
<header class="page-head"><h1>${done ? t.stop.doneTitle : t.stop.title}</h1></header>
<p>${done ? t.stop.done(label) : t.stop.words(label)}</p>
!${
    done
      ? html`<p>${t.stop.others} <a href="${localPath(page, paths.myGifts)}#letters">${t.stop.toPage}</a></p>`
      : html`<form method="post" action="${localPath(page, paths.stopLetters(token))}"><button class="button" type="submit">${t.stop.submit}</button></form>
<p class="small">${t.stop.others} <a href="${localPath(page, paths.myGifts)}#letters">${t.stop.toPage}</a></p>`
  }</div>`
  return layout(page, { title: done ? t.stop.doneTitle : t.stop.title, main })
}
