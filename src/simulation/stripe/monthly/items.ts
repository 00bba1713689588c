/** What a subscription is made of, as text in its row. */
export interface Item {
  id: string
  priceId: string
  productId: string
  name: string
  /** In cents. */
  amount: string
}

export const itemsOf = (row: { items: string }): Item[] => JSON.parse(row.items) as Item[]

export const totalOf = (items: readonly Item[]): bigint =>
  items.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
