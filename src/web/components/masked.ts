/** An account as pages show it: enough to recognise, not to pay. */
export function maskedEnding(ending: string | undefined): string {
  return `•••• •••• ${ending ?? '••••'}`
}
