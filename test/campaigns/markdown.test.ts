// Markdown of strangers: what they may use shows, and whatever else they write stays characters.

import t from 'tap'
import { prose } from '../../src/web/components/markdown.ts'

t.test('paragraphs, emphasis, lists, quotes, headings and links', async t => {
  const shown = prose(
    '# Titel\n\n**vet** en *schuin*\n\n- een\n- twee\n\n> gezegd\n\n[meer](https://meent.example/a)',
  )
  for (const markup of [
    '<h3>Titel</h3>',
    '<strong>vet</strong>',
    '<em>schuin</em>',
    '<li>een</li>',
    '<blockquote>',
  ])
    t.ok(shown.includes(markup), markup)
  t.match(shown, /<a href="https:\/\/meent\.example\/a" rel="nofollow ugc noopener noreferrer">meer<\/a>/)
  t.match(prose('[mail](mailto:iemand@elders.example)'), /href="mailto:iemand@elders.example"/)
})

t.test('nothing else becomes markup', async t => {
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="x()">b</b>',
    '<!-- x --><style>*{}</style>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\nscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:x)',
    '[x](http://plain.example)',
    '[x](//elders.example)',
    '[x](/admin)',
    '[x](file:///etc/passwd)',
    '![x](https://elders.example/pixel.gif)',
    '![x](javascript:alert(1))',
    '<javascript:alert(1)>',
    '<https://a.example/"onmouseover="alert(1)>',
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x]: javascript:alert(1)\n\n[x]',
    '```html\n<script>x</script>\n```',
    '    <script>x</script>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '[a](https://x.example/<script>)',
  ]
  const allowed =
    /^(?:<\/?(?:p|strong|em|ul|ol|li|blockquote|h3|br|hr|div|code)(?: \/)?>|<div class="prose">|<ol start="\d+">|<a href="(?:https:\/\/|mailto:)[^"<>]*"(?: title="[^"<>]*")? rel="nofollow ugc noopener noreferrer">|<\/a>)$/
  for (const words of hostile) {
    const tags = prose(words).match(/<[^>]*>/g) ?? []
    t.strictSame(
      tags.filter(tag => !allowed.test(tag)),
      [],
      words,
    )
  }
})

t.test('the longest, and the most tangled, is read at once', async t => {
  for (const piece of ['[', '![', '*a ', '**', '> ', '- ', '`', '<', '\\', '[a](', '_a*', '&'])
    for (const words of [
      piece.repeat(8_000).slice(0, 8_000),
      `${piece.repeat(3_900)}x${piece.repeat(100)}`,
    ]) {
      const start = performance.now()
      prose(words)
      t.ok(performance.now() - start < 1_000, `${piece}: ${Math.round(performance.now() - start)} ms`)
    }
})
