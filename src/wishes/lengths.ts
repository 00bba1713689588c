/** How long a wish, and a note of whoever reports one, may be. */
export const SHORTEST_WISH = 10
export const LONGEST_WISH = 280
/** What a reporter may add. */
export const LONGEST_NOTE = 280
