/** A JSON schema in few words: its type, its choices, and a link where it is described elsewhere on the page. */
import { type Html, html, nothing } from '../html.ts'
import { nameOfReference, type Schema } from '../public/openapi-document.ts'

export const schemaId = (name: string): string => `schema-${name}`

export function schemaWords(schema: Schema | undefined): Html {
  if (!schema) return nothing
  if (schema.$ref) {
    const name = nameOfReference(schema.$ref)
    return html`<a href="#${schemaId(name)}">${name}</a>`
  }
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return joined(choices.map(schemaWords), html` | `)
  if (schema.items) return html`array [!${schemaWords(schema.items)}]`
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (schema.enum)
    return joined(
      schema.enum.map(value => html`<code>${JSON.stringify(value)}</code>`),
      html` | `,
    )
  if (schema.properties)
    return html`{ !${joined(
      Object.entries(schema.properties).map(([name, each]) => html`${name}: !${schemaWords(each)}`),
      html`, `,
    )} }`
  const type = typeof schema.type === 'string' ? schema.type : (schema.type ?? []).join(' | ')
  return html`${type}!${schema.format ? html` (${schema.format})` : nothing}`
}

const joined = (parts: readonly Html[], between: Html): Html =>
  html`!${parts.flatMap((part, index) => (index === 0 ? [part] : [between, part]))}`
