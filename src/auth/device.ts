/**
 * What kind of device a session is on, so that a person recognises it: two words of ours, `Firefox/Windows`. What the browser
 * sent is not kept: it tells versions and models, by which people are followed.
 */

/** In this order: most browsers also say that they are others. */
const browsers: readonly (readonly [word: string, said: RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\b(?:OPR|OPT|Opera)\//],
  ['Samsung', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium)\//],
  ['Safari', /\bVersion\/.*\bSafari\//],
]

const systems: readonly (readonly [word: string, said: RegExp])[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['Mac', /\bMac OS X\b|\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]

const LONGEST = 512

/** Undefined: a program, or something that is not known here. */
export function deviceOf(userAgent: string | undefined): string | undefined {
  const said = userAgent?.slice(0, LONGEST) ?? ''
  const word = (known: typeof browsers) => known.find(([, each]) => each.test(said))?.[0]
  const words = [word(browsers), word(systems)].filter(each => each !== undefined)
  return words.length > 0 ? words.join('/') : undefined
}
