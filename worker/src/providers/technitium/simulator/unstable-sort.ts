/**
 * Sorts in place as the server's runtime does, which is not stable: records that compare equal (several values of one
 * set) can change places in zones of more than 16 records. Introspective sort after Musser (1997): median of three,
 * insertion sort for parts of at most 16, heap sort when the depth runs out.
 */
export function unstableSort<T>(items: T[], compare: (a: T, b: T) => number): void {
  if (items.length < 2) return
  const swap = (i: number, j: number) => {
    const kept = items[i]!
    items[i] = items[j]!
    items[j] = kept
  }
  const order = (i: number, j: number) => {
    if (i !== j && compare(items[i]!, items[j]!) > 0) swap(i, j)
  }

  const insertion = (low: number, high: number) => {
    for (let i = low; i < high; i++) {
      const moving = items[i + 1]!
      let j = i
      for (; j >= low && compare(moving, items[j]!) < 0; j--) items[j + 1] = items[j]!
      items[j + 1] = moving
    }
  }

  const siftDown = (start: number, size: number, low: number) => {
    const moving = items[low + start - 1]!
    let at = start
    while (at <= size >> 1) {
      let child = 2 * at
      if (child < size && compare(items[low + child - 1]!, items[low + child]!) < 0) child++
      if (compare(moving, items[low + child - 1]!) >= 0) break
      items[low + at - 1] = items[low + child - 1]!
      at = child
    }
    items[low + at - 1] = moving
  }

  const heap = (low: number, high: number) => {
    const size = high - low + 1
    for (let i = size >> 1; i >= 1; i--) siftDown(i, size, low)
    for (let i = size; i > 1; i--) {
      swap(low, low + i - 1)
      siftDown(1, i - 1, low)
    }
  }

  const partition = (low: number, high: number): number => {
    const middle = low + ((high - low) >> 1)
    order(low, middle)
    order(low, high)
    order(middle, high)
    const pivot = items[middle]!
    swap(middle, high - 1)
    let left = low
    let right = high - 1
    while (left < right) {
      while (compare(items[++left]!, pivot) < 0);
      while (compare(pivot, items[--right]!) < 0);
      if (left >= right) break
      swap(left, right)
    }
    if (left !== high - 1) swap(left, high - 1)
    return left
  }

  const sort = (low: number, from: number, depth: number) => {
    let high = from
    let left = depth
    while (high > low) {
      const size = high - low + 1
      if (size <= 16) {
        if (size === 2) order(low, high)
        else if (size === 3) {
          order(low, high - 1)
          order(low, high)
          order(high - 1, high)
        } else insertion(low, high)
        return
      }
      if (left-- === 0) return heap(low, high)
      const pivot = partition(low, high)
      sort(pivot + 1, high, left)
      high = pivot - 1
    }
  }
  sort(0, items.length - 1, 2 * (Math.floor(Math.log2(items.length)) + 1))
}
