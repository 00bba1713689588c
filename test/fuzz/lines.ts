// Lists of strange texts read better as lines than as arrays: one a line, as it is.

export const linesOf = (text: string): string[] => text.split('\n').filter(line => line !== '')
