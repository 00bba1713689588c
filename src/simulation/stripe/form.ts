/**
 * Stripe's form encoding, `a[b][0][c]=v`, as nested objects with text leaves: bodies and query strings alike.
 * Lists come as objects with indices for keys and are recognised by the reader that expects a list.
 */
export type Form = { [key: string]: string | Form }

export function parseForm(encoded: string): Form {
  const root = emptyForm()
  for (const [name, value] of new URLSearchParams(encoded)) place(root, pathOf(name), value)
  return root
}

/** The values of a list in the order of their indices; `x[]=a&x[]=b` counts as one too. */
export function listOf(form: string | Form | undefined): (string | Form)[] {
  return form === undefined || typeof form === 'string' ? [] : Object.values(form)
}

function pathOf(name: string): string[] {
  const [head = '', ...rest] = name.split('[')
  return [head, ...rest.map(part => part.replace(/\]$/, ''))]
}

function place(form: Form, path: string[], value: string): void {
  const [name = '', ...deeper] = path
  const key = name === '' ? String(Object.keys(form).length) : name
  if (deeper.length === 0) {
    form[key] = value
    return
  }
  const child = form[key]
  const inner = child === undefined || typeof child === 'string' ? emptyForm() : child
  form[key] = inner
  place(inner, deeper, value)
}

/** Without a prototype: `__proto__[x]=1` is then a name like any other. */
const emptyForm = (): Form => Object.create(null) as Form
