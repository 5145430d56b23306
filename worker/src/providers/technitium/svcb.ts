import { ProviderError } from '../provider-error.ts'

/** The only SvcParams the server knows; it refuses any other key. */
const KEYS = ['mandatory', 'alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint', 'dohpath']

/** SvcParams of canonical rdata (its words after the target) from the server's map. */
export function readParams(params: unknown): string {
  if (typeof params !== 'object' || params === null) return ''
  return Object.entries(params)
    .map(([key, value]) => {
      const text = String(value)
      const keyword = key.toLowerCase()
      return text === '' || keyword === 'no-default-alpn'
        ? ` ${keyword}`
        : ` ${keyword}="${text.replace(/["\\]/g, '\\$&')}"`
    })
    .join('')
}

/** `alpn="h2"`, unescaped words of canonical rdata, to the server's `alpn|h2|port|443`; `false` for none. */
export function writeParams(words: readonly string[]): string {
  if (words.length === 0) return 'false'
  return words
    .map((word) => {
      const at = word.indexOf('=')
      const key = at < 0 ? word : word.slice(0, at)
      const value = at < 0 ? '' : word.slice(at + 1)
      if (!KEYS.includes(key)) {
        throw new ProviderError(
          'refused',
          `Technitium does not know the parameter ${key}. It knows ${KEYS.join(', ')}.`,
        )
      }
      if (value.includes('|')) {
        throw new ProviderError('refused', `Technitium cannot be told a "|" inside a parameter (here in ${key}).`)
      }
      return `${key}|${key === 'no-default-alpn' ? 'true' : value}`
    })
    .join('|')
}
