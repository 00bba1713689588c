/** How long and how large anything at the door may be, so that nobody keeps a connection, memory or the processor to themselves. */

const KIB = 1024
const SECOND = 1_000

/** Of any body but a bank statement. The longest form is one of text. */
export const BODY_LIMIT_BYTES = 256 * KIB

/**
 * Of a bank statement: some 1,500 entries, fifty times the largest sample that banks publish (79 kB). All others wait
 * while it is read: half a second to a whole one, in 120 MB. What is larger is imported from the terminal.
 */
export const STATEMENT_LIMIT_BYTES = 4 * KIB * KIB

/** In a form, where every bracket and quote becomes three characters. */
export const STATEMENT_FORM_LIMIT_BYTES = 2 * STATEMENT_LIMIT_BYTES

/** For what is known to take long: a file of many entries, a month of the demonstration. */
export const LONG_HANDLER_MS = 120 * SECOND

export const timeAndSize = {
  bodyLimit: BODY_LIMIT_BYTES,
  /** Until all of a request has come in. */
  requestTimeout: 30 * SECOND,
  /** Until it is answered; a database question takes less, see server.ts. */
  handlerTimeout: 30 * SECOND,
  /** A socket on which nothing happens. */
  connectionTimeout: LONG_HANDLER_MS + 10 * SECOND,
  /** Longer than proxies keep theirs, so that it is never we who close one in use. */
  keepAliveTimeout: 72 * SECOND,
  http: {
    headersTimeout: 10 * SECOND,
    maxHeaderSize: 16 * KIB,
    connectionsCheckingInterval: 5 * SECOND,
  },
  routerOptions: { maxParamLength: 200 },
} as const
