/** The sets of one name by type number, listed in the order of the server's hash table (seen in its exports). */
export interface TypeTable<T> {
  get(type: number): T | undefined
  set(type: number, value: T): void
  delete(type: number): void
  size(): number
  /** In the server's order. */
  types(): number[]
}

const SIZES = [7, 17, 37, 89, 197]

export function createTypeTable<T>(): TypeTable<T> {
  const values = new Map<number, T>()
  let buckets: number[][] = Array.from({ length: SIZES[0]! }, () => [])

  const place = (type: number) => buckets[type % buckets.length]!.unshift(type)
  const grow = () => {
    const size = SIZES.find((candidate) => candidate > buckets.length)
    if (size === undefined) return
    const listed = buckets.flat()
    buckets = Array.from({ length: size }, () => [])
    for (const type of listed) place(type)
  }

  return {
    get: (type) => values.get(type),
    set(type, value) {
      if (!values.has(type)) {
        place(type)
        if (values.size >= buckets.length) grow()
      }
      values.set(type, value)
    },
    delete(type) {
      if (!values.delete(type)) return
      const bucket = buckets[type % buckets.length]!
      bucket.splice(bucket.indexOf(type), 1)
    },
    size: () => values.size,
    types: () => buckets.flat(),
  }
}
