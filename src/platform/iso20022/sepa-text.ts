/**
 * Writes any text with the few characters that every SEPA bank takes, so that no bank refuses a file over a name.
 * What a person's bank card shows is Latin already; this is for accents, signs, emoji and what hostile input brings.
 *
 * Source: EPC217-08 "SEPA Requirements for an Extended Character Set (UNICODE Subset)", basic character set.
 */

/** ISO 20022 lets a name have 140 characters; SEPA allows 70. */
export const LONGEST_NAME = 70
export const LONGEST_REMITTANCE = 140

/** Letters and signs that have no decomposition in Unicode, or whose usual spelling is another one. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ß: 'ss',
    ẞ: 'SS',
    æ: 'ae',
    Æ: 'AE',
    œ: 'oe',
    Œ: 'OE',
    ø: 'o',
    Ø: 'O',
    đ: 'd',
    Đ: 'D',
    ð: 'd',
    Ð: 'D',
    þ: 'th',
    Þ: 'Th',
    ł: 'l',
    Ł: 'L',
    ħ: 'h',
    Ħ: 'H',
    ı: 'i',
    ŧ: 't',
    Ŧ: 'T',
    '€': 'EUR',
    '&': '+',
    _: '-',
    '–': '-',
    '—': '-',
    '‘': "'",
    '’': "'",
    '“': "'",
    '”': "'",
    '"': "'",
    '`': "'",
    '´': "'",
    ';': ',',
    '[': '(',
    ']': ')',
    '{': '(',
    '}': ')',
  }),
)

/**
 * The text in SEPA's characters, at most `longest` of them. In this order: known spellings (ß becomes ss), accents
 * taken off (é becomes e), control, direction and zero-width characters dropped, every run of other characters
 * (emoji, Greek, Arabic, `<`) becomes one full stop, spaces collapse. Cutting is for names and descriptions only:
 * an identifier is refused instead, because a cut one would point at another payment.
 */
export function sepaText(text: string, longest: number): string {
  return (
    [...text.toWellFormed()]
      .map(character => SPELLINGS.get(character) ?? character)
      .join('')
      .normalize('NFKD')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      // Marks are what an accent leaves behind once it stands apart from its letter.
      .replace(/[\p{M}\p{Cf}]/gu, '')
      .replace(/[^a-zA-Z0-9/\-?:().,'+ ]+/gu, '.')
      .replace(/ +/g, ' ')
      .trim()
      .slice(0, longest)
      .trim()
  )
}

/**
 * A name as the file shows it, or null when nothing of it is left to call a person by (only emoji, or a script that
 * SEPA does not carry): ask for the name on the bank card then. Check this where a name is typed, not on payday.
 */
export function sepaName(name: string): string | null {
  const text = sepaText(name, LONGEST_NAME)
  return /[a-zA-Z0-9]/.test(text) ? text : null
}

/**
 * Whether a bank will take this identifier and give it back unchanged: 1 to 35 SEPA characters, no slash at either
 * end, no double slash, no space at either end. `NOTPROVIDED` says that there is none, so it cannot be one.
 * Source: EPC132-08 "SEPA Credit Transfer C2PSP Implementation Guidelines", chapter 1, on reference data.
 */
export function isSepaIdentifier(text: string): boolean {
  if (!/^[a-zA-Z0-9/\-?:().,'+ ]{1,35}$/.test(text) || text.toUpperCase() === 'NOTPROVIDED') return false
  return !/^[/ ]|[/ ]$|\/\//.test(text)
}
