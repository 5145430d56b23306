/**
 * A set of domain names for very many of them: their bytes one after another, and a table of where each begins, found by
 * hash. A million names of 20 letters take about 30 MB, and looking one up takes a microsecond.
 *
 * Names of ASCII alone are kept: others never meet a query, whose names are ASCII on the wire.
 */
export interface NameSet {
  readonly size: number
  /** Where in `name` the part begins that is in the set: the name itself, or the longest of its parents. -1: none is. */
  find(name: string): number
}

/** FNV-1a, from the last letter to the first, so that one pass over a name hashes all of its parents. */
const SEED = 0x811c9dc5
const PRIME = 0x01000193

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code | 0x20 : code
}

export class NameSetBuilder {
  #bytes: Uint8Array
  #used = 0
  #starts: Uint32Array
  #table: Uint32Array
  #size = 0

  /** @param expected about how many names will come */
  constructor(expected: number) {
    const room = 2 ** Math.ceil(Math.log2(Math.max(expected, 64)))
    this.#bytes = new Uint8Array(16 * room)
    this.#starts = new Uint32Array(room + 2)
    this.#table = new Uint32Array(2 * room)
  }

  /** Adds `text.slice(start, end)`; false when it was there already or has letters outside of ASCII. */
  add(text: string, start: number, end: number): boolean {
    this.#makeRoom(end - start)
    let hash = SEED
    let at = this.#used + end - start
    for (let i = end - 1; i >= start; i--) {
      const code = text.charCodeAt(i)
      if (code > 127) return false
      const byte = lower(code)
      this.#bytes[--at] = byte
      hash = Math.imul(hash ^ byte, PRIME)
    }
    const slot = this.#slot(hash, end - start)
    if (slot < 0) return false
    this.#table[slot] = this.#size + 1
    this.#used += end - start
    this.#starts[++this.#size] = this.#used
    return true
  }

  build(): NameSet {
    const size = this.#size
    const bytes = this.#bytes.slice(0, this.#used)
    const starts = this.#starts.slice(0, size + 1)
    return new FoundNames(size, bytes, starts, this.#table)
  }

  #makeRoom(length: number): void {
    if (this.#used + length > this.#bytes.length) {
      const bytes = new Uint8Array(2 * Math.max(this.#bytes.length, length))
      bytes.set(this.#bytes)
      this.#bytes = bytes
    }
    if (this.#size + 2 > this.#starts.length) {
      const starts = new Uint32Array(2 * this.#starts.length)
      starts.set(this.#starts)
      this.#starts = starts
    }
    // At most three quarters full.
    if (4 * (this.#size + 1) > 3 * this.#table.length) this.#rehash()
  }

  #rehash(): void {
    const mask = 2 * this.#table.length - 1
    const table = new Uint32Array(mask + 1)
    for (let name = 1; name <= this.#size; name++) {
      let hash = SEED
      for (let i = this.#starts[name]! - 1; i >= this.#starts[name - 1]!; i--)
        hash = Math.imul(hash ^ this.#bytes[i]!, PRIME)
      let slot = spread(hash) & mask
      while (table[slot] !== 0) slot = (slot + 1) & mask
      table[slot] = name
    }
    this.#table = table
  }

  /** The free slot for the name that was just written after the others; -1 when the set has it. */
  #slot(hash: number, length: number): number {
    const mask = this.#table.length - 1
    let slot = spread(hash) & mask
    for (let name = this.#table[slot]!; name !== 0; name = this.#table[slot]!) {
      if (this.#isSame(name, length)) return -1
      slot = (slot + 1) & mask
    }
    return slot
  }

  #isSame(name: number, length: number): boolean {
    const start = this.#starts[name - 1]!
    if (this.#starts[name]! - start !== length) return false
    for (let i = 0; i < length; i++) if (this.#bytes[start + i] !== this.#bytes[this.#used + i]) return false
    return true
  }
}

/** The low bits choose the slot, so the high ones are mixed in. */
function spread(hash: number): number {
  return hash ^ (hash >>> 15)
}

class FoundNames implements NameSet {
  readonly size: number
  readonly #bytes: Uint8Array
  readonly #starts: Uint32Array
  readonly #table: Uint32Array

  constructor(size: number, bytes: Uint8Array, starts: Uint32Array, table: Uint32Array) {
    this.size = size
    this.#bytes = bytes
    this.#starts = starts
    this.#table = table
  }

  find(name: string): number {
    let found = -1
    let hash = SEED
    for (let i = name.length - 1; i >= 0; i--) {
      hash = Math.imul(hash ^ lower(name.charCodeAt(i)), PRIME)
      if ((i === 0 || name.charCodeAt(i - 1) === 46) && this.#has(name, i, hash)) found = i
    }
    return found
  }

  #has(name: string, from: number, hash: number): boolean {
    const mask = this.#table.length - 1
    const length = name.length - from
    for (let slot = spread(hash) & mask; this.#table[slot] !== 0; slot = (slot + 1) & mask) {
      const index = this.#table[slot]!
      const start = this.#starts[index - 1]!
      if (this.#starts[index]! - start !== length) continue
      let same = 0
      while (same < length && this.#bytes[start + same] === lower(name.charCodeAt(from + same))) same++
      if (same === length) return true
    }
    return false
  }
}
