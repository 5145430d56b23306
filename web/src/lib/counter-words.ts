import { duration } from '@zonedeck/shared/plan/duration'
import type { Counter } from '@zonedeck/shared/stats'

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const some = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })
const SIZES = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB']
/** One of each; without an entry the unit stands for one as for many. */
const ONE: Partial<Record<Counter['unit'], string>> = {
  queries: 'query',
  answers: 'answer',
  packets: 'packet',
  entries: 'entry',
  zones: 'zone',
  records: 'record',
}

/** A value with its unit, as it is read: `1,204 queries`, `67.1 MB`, `2 d 4 h`, `1.2 ms`. */
export function counterWords({ value, unit }: Pick<Counter, 'value' | 'unit'>): string {
  switch (unit) {
    case 'seconds':
      return duration(Math.round(value))
    case 'microseconds':
      return value < 1000 ? `${some.format(value)} µs` : `${some.format(value / 1000)} ms`
    case 'bytes': {
      const step = value < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log10(value) / 3))
      return `${some.format(value / 1000 ** step)} ${value === 1 ? 'byte' : SIZES[step]}`
    }
    default:
      return `${whole.format(value)} ${value === 1 ? (ONE[unit] ?? unit) : unit}`
  }
}
