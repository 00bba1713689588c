export function problemPage(..._: unknown[]): string {
  return ''
}
