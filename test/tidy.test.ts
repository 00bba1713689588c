/**
 * The code base reads itself: who imports whom, what stays pure, what is never written. The rules and their reasons
 * are in test/tidy/table.ts. Each rule is first shown made-up files that break it and some that do not, so that none
 * can pass by looking at nothing.
 */
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { refusals } from '../src/refusals.ts'
import { differences } from './tidy/both-languages.ts'
import { rulesOnDanger } from './tidy/rules-on-danger.ts'
import { rulesOnImports } from './tidy/rules-on-imports.ts'
import { rulesOnPurity } from './tidy/rules-on-purity.ts'
import { longFiles, rulesOnText } from './tidy/rules-on-text.ts'
import { rulesOnTheTree } from './tidy/rules-on-the-tree.ts'
import { type Project, projectOf, readProject } from './tidy/source.ts'
import { LONG_FILE_LINES } from './tidy/table.ts'

const project: Project = readProject(fileURLToPath(new URL('..', import.meta.url)))
const quietly = { diagnostic: false }

t.ok(project.size > 100 && project.has('src/app.ts'), 'there is a code base to read', quietly)

for (const { law, check, breaks, holds } of [
  ...rulesOnImports,
  ...rulesOnPurity,
  ...rulesOnText,
  ...rulesOnTheTree,
  ...rulesOnDanger,
]) {
  const unseen = breaks.filter(files => check(projectOf(files)).length === 0)
  t.strictSame(unseen, [], `can fail: ${law}`)
  t.strictSame(check(projectOf(holds)), [], `can pass: ${law}`)
  const findings = check(project)
  for (const { file, line, says } of findings) t.fail(`${file}:${line} ${says}`, quietly)
  if (findings.length === 0) t.pass(law)
}

t.test('every text is there in both languages', async t => {
  t.strictSame(differences({ a: 'ja', b: { c: 'nee' } }, { a: 'yes', b: { c: 'no' } }), [], 'can pass')
  t.strictSame(differences({ a: 'ja' }, {}), ['a: only in Dutch'], 'can fail')
  t.strictSame(differences({}, { a: { b: 'yes' } }), ['a: only in English'], 'can fail')
  t.strictSame(differences({ a: { b: 'ja' } }, { a: { b: () => 'yes' } }), [
    'a.b: a string in Dutch, a function in English',
  ])
  t.strictSame(differences({ a: ' ' }, { a: 'yes' }), ['a: no words'], 'can fail')
  for (const [code, { nl, en }] of Object.entries(refusals))
    if (!nl.trim() || !en.trim() || nl === en)
      t.fail(`src/refusals.ts ${code} is not in both languages`, quietly)
  const [{ nl }, { en }] = await Promise.all([
    import('../src/web/text/nl.ts'),
    import('../src/web/text/en.ts'),
  ])
  for (const difference of differences(nl, en)) t.fail(`src/web/text ${difference}`, quietly)
  t.ok(Object.keys(nl).length > 3, 'pages have words')
})

for (const { file, lines } of longFiles(project, LONG_FILE_LINES))
  t.comment(`long: ${file} has ${lines} lines`)
