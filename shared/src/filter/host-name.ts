import { labelToAscii } from '../names-idna.ts'
import { isAscii } from './dotnet/text.ts'

const LABEL = /^(?:\*|[A-Za-z0-9_/-]{1,63})$/
const MAX_LENGTH = 255

/**
 * A host name as the server puts it into a record, or null when it refuses to: then the answer cannot be made and the
 * query goes through. A dot at the end is refused, letters outside of ASCII become A-labels, and the empty text is the root.
 */
export function serverHostName(text: string): string | null {
  if (text === '') return ''
  const labels = text.split(isAscii(text) ? '.' : /[.\u3002\uff0e\uff61]/)
  const ascii = labels.map((label) => (isAscii(label) ? label : labelToAscii(label)))
  const name = ascii.join('.')
  return name.length <= MAX_LENGTH && ascii.every((label) => label !== null && LABEL.test(label)) ? name : null
}
