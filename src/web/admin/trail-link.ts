/** Links to the trail and the keys, for whoever may follow them. */
import type { Permission } from '../../auth/index.ts'
import { type Html, html, nothing } from '../html.ts'
import { localPath, mayOpen, type PageContext } from '../page.ts'
import { paths } from '../paths.ts'
import { text } from '../text/index.ts'

/** `what`: the kind and id of what the acts are about. */
export function trailLinks(
  page: PageContext,
  links: readonly { readonly kind: string; readonly id: string; readonly words: string }[],
): Html {
  if (!mayOpen(page, 'acts.read', null)) return nothing
  const items = links.map(
    ({ kind, id, words }) =>
      html`<li><a href="${localPath(page, paths.trailAbout(kind, id))}">${words}</a></li>`,
  )
  return html`<ul class="link-list">!${items}</ul>`
}

/** On the staff's first page. */
export function recordsLinks(page: PageContext): Html {
  const t = text(page.locale)
  const link = (permission: Permission, path: string, words: string) =>
    mayOpen(page, permission, null) ? [html`<li><a href="${localPath(page, path)}">${words}</a></li>`] : []
  const links = [
    ...link('acts.read', paths.trail, t.trail.link),
    ...link('wishes.moderate', paths.adminWishes, t.wishes.admin.link),
    ...link('news.publish', paths.adminNews, t.news.admin.link),
    ...link('thanks.moderate', paths.adminThanks, t.thanks.admin.link),
    ...link('campaigns.read', paths.adminCampaigns, t.campaigns.admin.link),
    ...link('keys.read', paths.keys, t.keys.link),
  ]
  return links.length === 0 ? nothing : html`<ul class="link-list">!${links}</ul>`
}
