import { bytesHex, hexBytes } from './fields/bytes.ts'
import { readTokens, takeRest } from './fields/tokens.ts'
import type { RdataModule } from './define.ts'
import { recordTypes } from './index.ts'
import { otherTypes } from './others.ts'
import { RdataError, type Field } from './record-type.ts'

/** RFC 1035 §3.2.1: RDLENGTH has 16 bits. */
const MAX_RDATA = 65_535

function moduleOf(type: string): RdataModule | undefined {
  return recordTypes.get(type) ?? otherTypes.get(type)
}

/**
 * Any presentation text of a record's data → the canonical one, so that two spellings of the same bytes are the same text.
 * Known types also take RFC 3597's `\# n hex`; unknown types have nothing else. Throws RdataError or NameError.
 *
 * @param type canonical mnemonic, or `TYPE65400`
 * @param origin absolute; completes relative names
 */
export function canonicalRdata(type: string, text: string, origin = '.'): string {
  const module = moduleOf(type)
  if (isGeneric(text)) {
    const bytes = genericBytes(text)
    return module?.decode(bytes) ?? genericText(bytes)
  }
  if (module === undefined) {
    throw new RdataError(`The data of ${type} is written \\# followed by its length and its bytes in hex (RFC 3597).`)
  }
  const canonical = module.canonical(text, origin)
  if (canonical.length > MAX_RDATA && module.encode(canonical).length > MAX_RDATA) {
    throw new RdataError(`The data is longer than ${MAX_RDATA} bytes, which no record can hold.`)
  }
  return canonical
}

/** Canonical text → the bytes on the wire. Throws RdataError for a type whose form is not known. */
export function rdataBytes(type: string, rdata: string): Uint8Array {
  if (isGeneric(rdata)) return Uint8Array.from(genericBytes(rdata))
  const module = moduleOf(type)
  if (module === undefined) throw new RdataError(`The form of ${type} records is not known.`)
  return Uint8Array.from(module.encode(rdata))
}

/** Bytes from the wire → canonical text; types without a known form become `\# n hex`. Throws RdataError. */
export function rdataText(type: string, bytes: ArrayLike<number>): string {
  return moduleOf(type)?.decode(bytes) ?? genericText(bytes)
}

/** `\#` as a word of its own: `\#a` is a name. */
const isGeneric = (text: string) => text.startsWith('\\#') && /^..(?:[\s()"]|$)/.test(text)

const bytesField: Field = { id: 'data', label: 'The data', kind: 'hex' }

/** RFC 3597 §5: `\#`, the number of bytes, the bytes in hex with any spaces between. */
function genericBytes(text: string): number[] {
  const reader = readTokens(text, '.')
  const [mark, length] = reader.tokens
  reader.at = 2
  const hex = takeRest(reader, bytesField)
  if (mark?.text !== '\\#' || length === undefined || length.quoted || !/^0*[0-9]{1,5}$/.test(length.text)) {
    throw new RdataError('After \\# comes the number of bytes, then the bytes in hex.')
  }
  if (hex.length % 2 === 1 || !/^[0-9a-fA-F]*$/.test(hex)) {
    throw new RdataError('After \\# and the number of bytes come pairs of hex digits.')
  }
  if (Number(length.text) > MAX_RDATA || hex.length / 2 !== Number(length.text)) {
    throw new RdataError(`There are ${hex.length / 2} bytes after \\#, but ${Number(length.text)} are announced.`)
  }
  return hexBytes(hex)
}

function genericText(bytes: ArrayLike<number>): string {
  return bytes.length === 0 ? '\\# 0' : `\\# ${bytes.length} ${bytesHex(bytes)}`
}
