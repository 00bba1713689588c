/** A refusal: its HTTP status, and its words in both languages. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503
  readonly nl: string
  readonly en: string
}
