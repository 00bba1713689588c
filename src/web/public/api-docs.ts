/** The API's documentation: a pure function of its OpenAPI 3.1 document, so it can never tell something else. */
import { badge } from '../components/badge.ts'
import { schemaId, schemaWords } from '../components/schema.ts'
import { table } from '../components/table.ts'
import { type Html, html, nothing } from '../html.ts'
import { layout } from '../layout.ts'
import type { PageContext } from '../page.ts'
import { text } from '../text/index.ts'
import {
  type OpenApiDocument,
  operationsByTag,
  type Parameter,
  type PlacedOperation,
  type Schema,
} from './openapi-document.ts'

const DOCUMENT = '/v1/openapi.json'

export function apiDocsView(page: PageContext, document: OpenApiDocument): Html {
  const t = text(page.locale).apiDocs
  const groups = [...operationsByTag(document)]
  const schemas = Object.entries(document.components?.schemas ?? {})
  const about = new Map((document.tags ?? []).map(({ name, description }) => [name, description]))
  const main = html`<div class="frame docs">
<header class="page-head"><p class="eyebrow">${t.version} ${document.info.version}</p><h1>${document.info.title} ${t.title}</h1><p class="lead">${t.lead}</p>
!${document.info.description ? html`<p lang="en">${document.info.description}</p>` : nothing}
<p><a href="${DOCUMENT}">${t.document}</a></p></header>
<nav aria-labelledby="contents" class="docs-contents"><h2 id="contents">${t.contents}</h2><ul>
!${groups.map(([tag]) => html`<li><a href="#tag-${tag}">${tag || t.other}</a></li>`)}
!${schemas.length > 0 ? html`<li><a href="#schemas">${t.schemas}</a></li>` : nothing}</ul></nav>
<div class="docs-body" lang="en">
!${groups.map(
    ([
      tag,
      operations,
    ]) => html`<section class="section" aria-labelledby="tag-${tag}"><h2 id="tag-${tag}">${tag || t.other}</h2>
!${about.get(tag) ? html`<p>${about.get(tag)}</p>` : nothing}!${operations.map(each => operationArticle(page, each))}</section>`,
  )}
!${schemas.length > 0 ? html`<section class="section" aria-labelledby="schemas"><h2 id="schemas" lang="${page.locale}">${t.schemas}</h2>!${schemas.map(([name, schema]) => schemaArticle(page, name, schema))}</section>` : nothing}
</div></div>`
  return layout(page, { title: t.title, main })
}

function operationArticle(page: PageContext, { method, path, operation }: PlacedOperation): Html {
  const t = text(page.locale).apiDocs
  const id = operation.operationId ?? `${method}${path}`.replace(/[^a-zA-Z0-9]+/g, '-')
  const body = Object.entries(operation.requestBody?.content ?? {})
  return html`<article class="operation" id="${id}"><h3><span class="method method-${method}">${method.toUpperCase()}</span> <code>${path}</code></h3>
<p><strong>${operation.summary ?? ''}</strong>!${operation.security && operation.security.length > 0 ? html` <span lang="${page.locale}">!${badge(t.signedIn)}</span>` : nothing}</p>
!${operation.description ? html`<p>${operation.description}</p>` : nothing}
!${parameters(page, id, operation.parameters ?? [])}
!${body.length > 0 ? html`<h4 lang="${page.locale}">${t.body}</h4><ul class="bodies">!${body.map(([type, { schema }]) => html`<li><code>${type}</code> !${schemaWords(schema)}</li>`)}</ul>` : nothing}
!${answers(page, id, Object.entries(operation.responses ?? {}))}</article>`
}

function parameters({ locale }: PageContext, id: string, rows: readonly Parameter[]): Html {
  if (rows.length === 0) return nothing
  const t = text(locale).apiDocs
  const place = (where: string) =>
    Object.hasOwn(t.places, where) ? t.places[where as keyof typeof t.places] : where
  return html`<h4 lang="${locale}">${t.parameters}</h4>!${table<Parameter>({
    id: `${id}-parameters`,
    caption: t.parametersOf(id),
    captionHidden: true,
    rows,
    columns: [
      {
        heading: t.name,
        cell: row =>
          html`<code>${row.name}</code>!${row.required ? html` <span class="explain" lang="${locale}">${t.required}</span>` : nothing}`,
      },
      { heading: t.where, cell: row => html`${place(row.in)}` },
      { heading: t.type, cell: row => schemaWords(row.schema) },
      { heading: t.about, cell: row => html`${row.description ?? row.schema?.description ?? ''}` },
    ],
  })}`
}

type Answer = [
  status: string,
  answer: { description?: string; content?: Readonly<Record<string, { readonly schema?: Schema }>> },
]

function answers({ locale }: PageContext, id: string, rows: readonly Answer[]): Html {
  const t = text(locale).apiDocs
  return html`<h4 lang="${locale}">${t.answers}</h4>!${table<Answer>({
    id: `${id}-answers`,
    caption: t.answersOf(id),
    captionHidden: true,
    rows,
    columns: [
      { heading: t.status, cell: ([status]) => html`<code>${status}</code>` },
      {
        heading: t.type,
        cell: ([, { content = {} }]) =>
          html`!${Object.values(content).map(({ schema }) => schemaWords(schema))}`,
      },
      { heading: t.about, cell: ([, { description }]) => html`${description ?? ''}` },
    ],
  })}`
}

function schemaArticle({ locale }: PageContext, name: string, schema: Schema): Html {
  const t = text(locale).apiDocs
  const fields = Object.entries(schema.properties ?? {})
  return html`<article class="operation" id="${schemaId(name)}"><h3><code>${name}</code></h3>
!${schema.description ? html`<p>${schema.description}</p>` : nothing}
!${
    fields.length === 0
      ? html`<p>!${schemaWords(schema)}</p>`
      : table<[string, Schema]>({
          id: `${schemaId(name)}-fields`,
          caption: t.fieldsOf(name),
          captionHidden: true,
          rows: fields,
          columns: [
            {
              heading: t.field,
              cell: ([field]) =>
                html`<code>${field}</code>!${schema.required?.includes(field) ? html` <span class="explain" lang="${locale}">${t.required}</span>` : nothing}`,
            },
            { heading: t.type, cell: ([, each]) => schemaWords(each) },
            { heading: t.about, cell: ([, each]) => html`${each.description ?? ''}` },
          ],
        })
  }</article>`
}
