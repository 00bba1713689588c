/**
 * A document as PDF: tagged for screen readers (PDF/UA), with its fonts in it. A heading, a few lines of names and values, one
 * table, notes. Nothing of it depends on when it is asked for.
 */
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import type { Locale } from '../../money/index.ts'

type Pair = readonly [name: string, value: string, strong?: 'strong']

export interface Paper {
  readonly title: string
  readonly lead: string
  readonly facts: readonly Pair[]
  readonly table?: {
    readonly head: readonly string[]
    readonly rows: readonly (readonly string[])[]
    /** Columns of amounts, to the right. */
    readonly numeric: readonly number[]
    readonly widths: readonly (number | '*')[]
  }
  readonly sums: readonly Pair[]
  readonly notes: readonly string[]
  /** Its date; nothing of it depends on when it is read. */
  readonly at: Date
}

const fonts = {
  plain: fileURLToPath(
    import.meta.resolve('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf'),
  ),
  strong: fileURLToPath(
    import.meta.resolve('@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf'),
  ),
}
const INK = '#17241d'
const SOFT = '#4b5951'
const RULE = '#dcd5c4'

export function pdfOf(paper: Paper, locale: Locale): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 56,
    pdfVersion: '1.7',
    subset: 'PDF/UA' as never,
    tagged: true,
    displayTitle: true,
    lang: locale === 'nl' ? 'nl-NL' : 'en-GB',
    info: { Title: paper.title, Producer: 'Meent', Creator: 'Meent', CreationDate: paper.at },
    font: fonts.plain,
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  write(doc, paper)
  doc.end()
  return ended
}

function write(doc: PDFKit.PDFDocument, { title, lead, facts, table, sums, notes }: Paper): void {
  const root = doc.struct('Document')
  doc.addStructure(root)
  const say = (kind: string, words: string, size: number, strong = false, colour = INK) => {
    root.add(
      doc.struct(kind, {}, () => {
        doc
          .font(strong ? fonts.strong : fonts.plain, size)
          .fillColor(colour)
          .text(words, doc.page.margins.left)
      }),
    )
    doc.moveDown(0.6)
  }
  say('H1', title, 24, true)
  say('P', lead, 12)
  pairs(doc, root, facts)
  if (table) grid(doc, root, table)
  pairs(doc, root, sums)
  for (const note of notes) say('P', note, 10, false, SOFT)
  root.end()
}

const lines = { border: [0, 0, 0.5, 0], borderColor: RULE, padding: [5, 0, 5, 0] }
const bold = { font: { src: fonts.strong, size: 10 } }

function pairs(doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, rows: readonly Pair[]): void {
  if (rows.length === 0) return
  draw(doc, root, {
    columnStyles: [190, '*'],
    data: rows.map(([name, value, strong]) => [
      { text: name, type: 'TH', scope: 'Row', ...(strong ? bold : { textColor: SOFT }) },
      { text: value, align: { x: 'right' }, ...(strong ? bold : {}) },
    ]),
  })
}

function grid(
  doc: PDFKit.PDFDocument,
  root: PDFKit.PDFStructureElement,
  { head, rows, numeric, widths }: NonNullable<Paper['table']>,
): void {
  const align = (column: number) => ({ x: numeric.includes(column) ? 'right' : 'left' })
  draw(doc, root, {
    columnStyles: widths,
    data: [
      head.map((text, at) => ({
        ...{ text, type: 'TH', scope: 'Column', align: align(at), textColor: SOFT },
        ...bold,
      })),
      ...rows.map(row => row.map((text, at) => ({ text, align: align(at) }))),
    ],
  })
}

function draw(doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, options: object): void {
  doc.font(fonts.plain, 10).fillColor(INK)
  doc.x = doc.page.margins.left
  doc.table({ structParent: root, defaultStyle: { ...lines, textColor: INK }, ...options } as never)
  doc.x = doc.page.margins.left
  doc.moveDown(1)
}
