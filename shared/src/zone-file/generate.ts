/**
 * `$GENERATE` as BIND has it: `range lhs [ttl] [class] type rhs`, where `$` stands for the number, `$$` for a dollar
 * sign, and `${offset,width,base}` for the number moved, padded and in another base: d, o, x, X, or as reversed
 * nibbles n, N.
 */

/** A directive makes at most this many records. */
export const MAX_GENERATED = 65_536

export class GenerateError extends Error {}

export interface Range {
  start: number
  stop: number
  step: number
}

/** `1-254` or `0-100/2`. Throws GenerateError. */
export function parseRange(text: string): Range {
  const match = /^(\d{1,10})-(\d{1,10})(?:\/(\d{1,10}))?$/.exec(text)
  if (match === null) throw new GenerateError(`“${text.slice(0, 80)}” is no range: write it as 1-10 or as 0-100/2.`)
  const [start, stop, step] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 1)]
  if (start > stop) throw new GenerateError(`The range ${text} ends before it begins.`)
  if (stop > 2_147_483_647) throw new GenerateError('A range ends at 2147483647 at most.')
  if (step < 1) throw new GenerateError('The step of a range is at least 1.')
  const count = Math.floor((stop - start) / step) + 1
  if (count > MAX_GENERATED) {
    throw new GenerateError(
      `The range ${text} would make ${count} records; a $GENERATE makes at most ${MAX_GENERATED}.`,
    )
  }
  return { start, stop, step }
}

/** A piece of a template: text as it is, or how to write the number. */
type Piece = string | { offset: number; width: number; base: string }

/** No name and no string is longer than this, so wider padding is a mistake. */
const MAX_WIDTH = 255

/** Throws GenerateError. */
export function parseTemplate(text: string): Piece[] {
  const pieces: Piece[] = []
  let plain = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === '\\') {
      plain += text.slice(i, i + 2)
      i++
    } else if (char !== '$') plain += char
    else if (text[i + 1] === '$') {
      plain += '$'
      i++
    } else {
      if (plain !== '') pieces.push(plain)
      plain = ''
      const piece = { offset: 0, width: 0, base: 'd' }
      if (text[i + 1] === '{') {
        const match = /^\{([+-]?\d{1,10})(?:,(\d{1,10})(?:,([doxXnN]))?)?\}/.exec(text.slice(i + 1, i + 40))
        if (match === null) {
          throw new GenerateError('After “${” come an offset, a width and one of d, o, x, X, n, N, such as ${0,3,d}.')
        }
        piece.offset = Number(match[1])
        piece.width = Number(match[2] ?? 0)
        piece.base = match[3] ?? 'd'
        if (piece.width > MAX_WIDTH)
          throw new GenerateError(`A width of ${piece.width} is too much: ${MAX_WIDTH} at most.`)
        i += match[0].length
      }
      pieces.push(piece)
    }
  }
  if (plain !== '') pieces.push(plain)
  return pieces
}

/** Throws GenerateError when an offset moves the number out of 32 bits. */
export function fillTemplate(pieces: Piece[], value: number): string {
  let text = ''
  if (pieces.some((piece) => typeof piece !== 'string' && value + piece.offset > 2_147_483_647)) {
    throw new GenerateError('With its offset, the number is over 2147483647.')
  }
  for (const piece of pieces) text += typeof piece === 'string' ? piece : printNumber(value + piece.offset, piece)
  return text
}

function printNumber(value: number, { width, base }: Exclude<Piece, string>): string {
  if (base === 'd') {
    return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0')
  }
  // Like C's printf, which reads a negative number as 32 bits without a sign.
  const bits = value >>> 0
  if (base === 'n' || base === 'N') return nibbles(bits, width, base === 'N')
  const digits = bits.toString(base === 'o' ? 8 : 16)
  return (base === 'X' ? digits.toUpperCase() : digits).padStart(width, '0')
}

/** Hexadecimal digits, lowest first, a dot between each; the width counts the dots too, as in BIND. */
function nibbles(value: number, width: number, upper: boolean): string {
  let text = ''
  let room = width
  let left = value
  do {
    const digit = (left & 15).toString(16)
    text += upper ? digit.toUpperCase() : digit
    left >>>= 4
    if (room > 0) room--
    if (room > 0 || left !== 0) {
      text += '.'
      if (room > 0) room--
    }
  } while (left !== 0 || room > 0)
  return text
}
