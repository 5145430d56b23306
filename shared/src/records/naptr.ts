import { defineType } from './define.ts'
import { textToBytes } from './fields/escapes.ts'
import { RdataError } from './record-type.ts'

export const naptr = defineType({
  type: 'NAPTR',
  label: 'Naming authority pointer',
  help: 'A rule that rewrites a name or number into another, for telephony and the like (RFC 3403).',
  fields: [
    {
      id: 'order',
      label: 'Order',
      kind: 'uint16',
      help: 'Lower numbers are read first.',
      placeholder: '100',
      initial: 100,
    },
    {
      id: 'preference',
      label: 'Preference',
      kind: 'uint16',
      help: 'Among equal orders, lower numbers first.',
      placeholder: '10',
      initial: 10,
    },
    {
      id: 'flags',
      label: 'Flags',
      kind: 'text',
      options: [
        { value: '', label: 'None: go on with the replacement' },
        { value: 'U', label: 'U: the result is a URI' },
        { value: 'S', label: 'S: look for SRV records next' },
        { value: 'A', label: 'A: look for addresses next' },
      ],
      initial: 'U',
    },
    { id: 'services', label: 'Services', kind: 'text', placeholder: 'E2U+sip', initial: '' },
    {
      id: 'regexp',
      label: 'Regular expression',
      kind: 'text',
      help: 'Leave it empty when there is a replacement.',
      placeholder: '!^.*$!sip:info@example.com!',
      initial: '',
    },
    {
      id: 'replacement',
      label: 'Replacement',
      kind: 'host',
      help: '“.” when there is a regular expression.',
      placeholder: '.',
      initial: '.',
    },
  ],
  check({ regexp }) {
    if (!isSubstitution(String.fromCharCode(...textToBytes(String(regexp))))) {
      throw new RdataError(
        'The regular expression is written !pattern!replacement! with an i behind it or nothing.',
        'regexp',
      )
    }
  },
})

/** RFC 3402 §3.2: any delimiter but digits, backslash and `i`; no more groups are used than the pattern has. */
function isSubstitution(text: string): boolean {
  if (text === '') return true
  const delimiter = text[0]!
  if (/[0-9\\i\0]/.test(delimiter) || text.includes('\0')) return false
  const parts = ['', '', '']
  let part = 0
  let groups = 0
  for (let i = 1; i < text.length; i++) {
    if (text[i] === delimiter) {
      if (++part > 2) return false
      continue
    }
    if (part === 2 && text[i] !== 'i') return false
    parts[part]! += text[i]!
    if (text[i] !== '\\') continue
    if (++i === text.length) return false
    parts[part]! += text[i]!
    if (part === 1 && /[0-9]/.test(text[i]!)) {
      if (text[i] === '0') return false
      groups = Math.max(groups, Number(text[i]))
    }
  }
  return part === 2 && groups <= groupsOf(parts[0]!)
}

/** How many groups a pattern has; −1 when it is none. */
function groupsOf(pattern: string): number {
  if (pattern === '' || pattern.includes('(?')) return -1
  try {
    return new RegExp(`${pattern}|`).exec('')!.length - 1
  } catch {
    return -1
  }
}
