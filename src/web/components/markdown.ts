/**
 * Markdown that strangers wrote, as markup: paragraphs, emphasis, lists, quotes, headings and links, and nothing else. Raw HTML
 * stays the characters that it is, there are no pictures, and a link leads to the web or to a mailbox.
 */
import MarkdownIt from 'markdown-it'
import { type Html, html } from '../html.ts'

const DEEPEST = 12
const SAFE_LINK = /^(https:\/\/|mailto:)/i

const markdown = new MarkdownIt('commonmark', { html: false, linkify: false, maxNesting: DEEPEST })
markdown.disable(['image', 'code', 'fence', 'html_block', 'html_inline', 'reference'])
markdown.validateLink = url => SAFE_LINK.test(url.trim())
// Whoever wrote it is a stranger: nobody is sent on with our good name.
markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'nofollow ugc noopener noreferrer')
  return self.renderToken(tokens, index, options)
}
// Below the headings of the page that it stands on.
for (const rule of ['heading_open', 'heading_close'] as const)
  markdown.renderer.rules[rule] = (tokens, index, options, _env, self) => {
    const token = tokens[index]
    if (token) token.tag = 'h3'
    return self.renderToken(tokens, index, options)
  }

export const prose = (words: string): Html =>
  html`<div class="prose">!${markdown.render(words) as Html}</div>`
