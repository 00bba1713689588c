/**
 * The rule by which incomes are promised, as data with a version and a date. A change of the rule is a new policy with
 * a new id, so that an answer of an earlier day can still be explained by the rule of that day.
 */

export interface Policy {
  readonly id: 'prefunded-1'
  /** The day from which this policy decides. */
  readonly since: '2026-11-01'
  /**
   * The part of SEPA debits that is set aside for as long as the donor can take them back, in parts per thousand:
   * 1000 sets all of it aside. Eight weeks without a reason, 13 months when never authorised: Directive (EU) 2015/2366
   * (PSD2), articles 71, 76 and 77, and the SEPA Core debit rulebook. Which debits count as revocable is for the caller.
   */
  readonly sepaReservePerMille: bigint
}

/** All of it, because an income is promised for its whole term, and nothing is promised that is not funded. */
export const currentPolicy: Policy = {
  id: 'prefunded-1',
  since: '2026-11-01',
  sepaReservePerMille: 1000n,
}
