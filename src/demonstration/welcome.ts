/** What the demonstration says when it is up: where to look, and what to do first. */
export function welcome(address: string): string {
  return `
  Meent runs in demonstration mode: simulated payments, a simulated bank, no real money.

    ${address}            the pools and what they sustain (Dutch; English at ${address}/en)
    ${address}/sign-in    be the operator, the approver or a recipient
    ${address}/admin      the month: propose, approve, pay, move the clock to the next payday
    ${address}/v1/docs    the API

  Stop with Ctrl-C (process ${process.pid}). Your data stays where it is; see README.md.

`
}
