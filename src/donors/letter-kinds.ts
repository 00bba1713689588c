/**
 * Which letters donors get. `stoppable`: with a link that stops this kind in one click. What is not stoppable is about their own
 * payment and must reach them, such as the notice before a debit.
 */
export const donorLetterKinds = {
  /** Thanks and receipt: somebody else may have typed this address. */
  'gift-received': { stoppable: true },
  /** The pool that they gave to can pay another income. */
  'goal-reached': { stoppable: true },
  /** The annual overview is there. */
  'overview-ready': { stoppable: true },
} as const satisfies Record<string, { readonly stoppable: boolean }>

export type DonorLetterKind = keyof typeof donorLetterKinds
export type StoppableKind = {
  [Kind in DonorLetterKind]: (typeof donorLetterKinds)[Kind] extends { readonly stoppable: true }
    ? Kind
    : never
}[DonorLetterKind]

export const isDonorLetterKind = (kind: string): kind is DonorLetterKind =>
  Object.hasOwn(donorLetterKinds, kind)
export const isStoppable = (kind: DonorLetterKind): kind is StoppableKind => donorLetterKinds[kind].stoppable
export const stoppableKinds = (Object.keys(donorLetterKinds) as DonorLetterKind[]).filter(isStoppable)
