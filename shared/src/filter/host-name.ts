import { labelToAscii, labelToUnicode } from '../names-idna.ts'
import { isAscii } from './dotnet/text.ts'

const LABEL = /^(?:\*|[A-Za-z0-9_/-]{1,63})$/
const MAX_LENGTH = 255

/**
 * A host name as the server puts it into a record, or null when it refuses to: then the answer cannot be made and the
 * query goes through. A dot at the end is refused, letters outside of ASCII become A-labels, and the empty text is the root.
 */
export function serverHostName(text: string): string | null {
  if (text === '') return ''
  const labels = isAscii(text) ? text.split('.') : text.split(/[.\u3002\uff0e\uff61]/).map(idnaLabel)
  const name = labels.join('.')
  return name.length <= MAX_LENGTH && labels.every((label) => label !== null && LABEL.test(label)) ? name : null
}

/** A label of a name that has letters outside of ASCII somewhere: all of its labels are judged by the rules for such names. */
function idnaLabel(label: string): string | null {
  if (/^-|-$/.test(label)) return null
  if (!isAscii(label)) return labelToAscii(label)
  const name = label.toLowerCase()
  return name.startsWith('xn--') && labelToUnicode(name) === name ? null : name
}
