/** Whether two languages say the same things: the same keys, each with words, and a function where the other has one. */

/** Answers what differs, as paths into the texts with the reason. */
export function differences(dutch: unknown, english: unknown, at = ''): string[] {
  if (isTree(dutch) && isTree(english)) {
    const keys = new Set([...Object.keys(dutch), ...Object.keys(english)])
    return [...keys].flatMap(key => differences(dutch[key], english[key], at ? `${at}.${key}` : key))
  }
  if (dutch === undefined || english === undefined)
    return [`${at}: only in ${dutch === undefined ? 'English' : 'Dutch'}`]
  if (kindOf(dutch) !== kindOf(english))
    return [`${at}: ${kindOf(dutch)} in Dutch, ${kindOf(english)} in English`]
  return [dutch, english].some(each => typeof each === 'string' && each.trim() === '')
    ? [`${at}: no words`]
    : []
}

const kindOf = (value: unknown) => (isTree(value) ? 'a group' : `a ${typeof value}`)
const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
