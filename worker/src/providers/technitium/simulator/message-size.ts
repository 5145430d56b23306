/** Counts the octets of a DNS message, with the names in it compressed (RFC 1035 §4.1.4). */
export interface MessageSize {
  size: () => number
  octets: (count: number) => void
  /** @param compress false in the data of types newer than RFC 1035 (RFC 3597 §4) */
  name: (name: string, compress?: boolean) => void
}

const HEADER = 12

export function countMessage(): MessageSize {
  const seen = new Set<string>()
  let size = HEADER
  return {
    size: () => size,
    octets(count) {
      size += count
    },
    name(name, compress = true) {
      let rest = name.toLowerCase()
      while (rest !== '') {
        if (compress && seen.has(rest)) {
          size += 2
          return
        }
        seen.add(rest)
        const dot = rest.indexOf('.')
        const label = dot < 0 ? rest : rest.slice(0, dot)
        size += label.length + 1
        rest = dot < 0 ? '' : rest.slice(dot + 1)
      }
      size += 1
    },
  }
}
