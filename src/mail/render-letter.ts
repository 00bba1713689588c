/**
 * A letter as it leaves: its subject, plain text, and the same as HTML. Mail programs read only what is inline, so this is
 * the one place with inline style; no picture, nothing loaded, nothing that tells whether it was read.
 */
import { html as template } from 'ghtml'
import type { Locale } from '../money/index.ts'
import { type Letter, oneLine, plainLetter } from './letter.ts'
import { en } from './words/en.ts'
import { nl } from './words/nl.ts'

const texts = { nl, en } satisfies Record<Locale, typeof nl>

export interface Rendered {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface Sender {
  readonly locale: Locale
  /** Its legal name. */
  readonly organisation: string
  /** Without a trailing slash. */
  readonly publicUrl: string
}

export function renderLetter(given: Letter, sender: Sender): Rendered {
  const letter = plainLetter(given)
  const from = { ...sender, organisation: oneLine(sender.organisation) }
  return { subject: letter.subject, text: textOf(letter, from), html: htmlOf(letter, from) }
}

function textOf({ greeting, paragraphs, code, action, after = [], stop }: Letter, sender: Sender): string {
  const words = texts[sender.locale]
  const parts = [
    ...(greeting ? [greeting] : []),
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(code ? [`${words.codeLabel}: ${code}`] : []),
    ...after,
    `-- \n${words.sentBy(sender.organisation)}\n${sender.publicUrl}`,
    ...(stop ? [`${words.stopLetters}:\n${stop}`] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

// Dark mail programs take the classes; those that know none keep the inline colours, which can be read on white.
const css = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.page{background:#111714!important}.card{background:#19211d!important;border-color:#2d3832!important}
.ink{color:#eceade!important}.soft{color:#aab5ac!important}.code{background:#1f3a2d!important;color:#eceade!important}
.button{background:#8fd0ab!important;color:#0c1a13!important}.link{color:#92d3ae!important}}`

const font = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif'
const style = {
  page: `margin:0;padding:24px 12px;background:#f7f4ec;${font}`,
  card: 'max-width:560px;margin:0 auto;padding:28px 24px;background:#fffdf8;border:1px solid #dcd5c4;border-radius:12px',
  title: `margin:0 0 20px;font-size:22px;line-height:1.3;color:#17241d;${font}`,
  text: `margin:0 0 16px;font-size:16px;line-height:1.55;color:#17241d;overflow-wrap:anywhere;${font}`,
  action: 'margin:24px 0',
  button: `display:inline-block;padding:14px 22px;border-radius:8px;background:#1d5a41;color:#fbf9f2;font-size:16px;font-weight:600;text-decoration:none;${font}`,
  code: 'margin:0 0 24px;padding:14px 18px;border-radius:8px;background:#e1ecdf;color:#17241d;font-size:30px;line-height:1.2;letter-spacing:6px;font-family:ui-monospace,Consolas,Menlo,monospace',
  label: `margin:24px 0 6px;font-size:14px;color:#4b5951;${font}`,
  small: `margin:0 0 10px;font-size:14px;line-height:1.5;color:#4b5951;overflow-wrap:anywhere;${font}`,
  foot: `max-width:560px;margin:16px auto 0;padding:0 24px;font-size:14px;line-height:1.5;color:#4b5951;overflow-wrap:anywhere;${font}`,
  link: 'color:#17563d',
}

function htmlOf(letter: Letter, sender: Sender): string {
  const { subject, greeting, paragraphs, code, action, after = [], stop } = letter
  const words = texts[sender.locale]
  const text = (line: string) => template`<p class="ink" style="${style.text}">${line}</p>
`
  const small = (line: string) => template`<p class="soft" style="${style.small}">${line}</p>
`
  return template`<!doctype html>
<html lang="${sender.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>!${css}</style>
</head>
<body class="page" style="${style.page}">
<main class="card" style="${style.card}">
<h1 class="ink" style="${style.title}">${subject}</h1>
!${greeting ? text(greeting) : ''}!${paragraphs.map(text)}!${action ? button(action) : ''}!${code ? large(words.codeLabel, code) : ''}!${action ? fallback(words.linkFallback, action.url) : ''}!${after.map(small)}</main>
<footer class="soft" style="${style.foot}">${words.sentBy(sender.organisation)}<br><a class="link" href="${sender.publicUrl}" style="${style.link}">${sender.publicUrl}</a>!${stop ? stopLink(words.stopLetters, stop) : ''}</footer>
</body>
</html>
`
}

const button = ({ label, url }: NonNullable<Letter['action']>) =>
  template`<p style="${style.action}"><a class="button" href="${url}" style="${style.button}">${label}</a></p>
`

const large = (label: string, code: string) =>
  template`<p class="soft" style="${style.label}">${label}</p>
<p class="code" style="${style.code}">${code}</p>
`

const stopLink = (words: string, url: string) =>
  template`<br><a class="link" href="${url}" style="${style.link}">${words}</a>`

const fallback = (words: string, url: string) =>
  template`<p class="soft" style="${style.small}">${words}<br><a class="link" href="${url}" style="${style.link}">${url}</a></p>
`
