/** The parts of an OpenAPI 3.1 document that the documentation page shows. Read loosely: what is absent is left out. */

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
  readonly description?: string
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: Schema
}

export interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly security?: readonly unknown[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Content
  readonly responses?: Readonly<Record<string, Content>>
}

export interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly servers?: readonly { readonly url: string }[]
  readonly tags?: readonly { readonly name: string; readonly description?: string }[]
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

export interface PlacedOperation {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** In the document's order, each under its first tag ('' for operations without one), with the path as one calls it. */
export function operationsByTag({
  paths = {},
  tags = [],
  servers = [],
}: OpenApiDocument): Map<string, PlacedOperation[]> {
  const groups = new Map<string, PlacedOperation[]>(tags.map(({ name }) => [name, []]))
  for (const [path, operations] of Object.entries(paths)) {
    for (const method of METHODS) {
      const operation = operations[method]
      if (typeof operation !== 'object' || operation === null) continue
      const placed = { method, path: `${servers[0]?.url ?? ''}${path}`, operation: operation as Operation }
      const tag = placed.operation.tags?.[0] ?? ''
      groups.set(tag, [...(groups.get(tag) ?? []), placed])
    }
  }
  return new Map([...groups].filter(([, operations]) => operations.length > 0))
}

/** The name of a schema that is referred to: the last part of `#/components/schemas/Pool`. */
export const nameOfReference = (reference: string): string => reference.split('/').at(-1) ?? reference
