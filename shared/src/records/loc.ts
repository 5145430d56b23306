import { defineType } from './define.ts'
import { kinds } from './fields/kinds.ts'
import type { WireReader } from './fields/kind.ts'
import { readBytes } from './fields/numbers.ts'
import type { Field, Fields } from './record-type.ts'

const fields: readonly Field[] = [
  { id: 'latitude', label: 'Latitude', kind: 'latitude', placeholder: '52 22 23.000 N' },
  { id: 'longitude', label: 'Longitude', kind: 'longitude', placeholder: '4 53 32.000 E' },
  { id: 'altitude', label: 'Altitude', kind: 'altitude', help: 'Metres above sea level.', placeholder: '10m' },
  { id: 'size', label: 'Size', kind: 'metres', help: 'Diameter of what is there.', optional: true, initial: '1m' },
  {
    id: 'horizontal',
    label: 'Horizontal precision',
    kind: 'metres',
    help: 'How exact the position is.',
    optional: true,
    initial: '10000m',
  },
  {
    id: 'vertical',
    label: 'Vertical precision',
    kind: 'metres',
    help: 'How exact the altitude is.',
    optional: true,
    initial: '10m',
  },
]

/** RFC 1876 §2: a version byte, and another order than the text has. */
const wireOrder = [3, 4, 5, 0, 1, 2].map((at) => fields[at]!)

export const loc = defineType({
  type: 'LOC',
  label: 'Location',
  help: 'Where on earth this is (RFC 1876).',
  fields,
  wire: {
    encode(values: Fields, out: number[]) {
      out.push(0)
      for (const field of wireOrder) kinds[field.kind].encode(values[field.id]!, out)
    },
    decode(reader: WireReader): Fields | null {
      if (readBytes(reader, 1)[0] !== 0) return null
      const values: Fields = {}
      for (const field of wireOrder) values[field.id] = kinds[field.kind].decode(reader)
      return values
    },
  },
})
