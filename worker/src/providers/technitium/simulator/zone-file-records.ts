import { ServerError } from './errors.ts'
import { isValidName, toAscii } from './names.ts'
import { enumName, tryEnum, type Enumeration } from './numbers.ts'
import { RECORD_TYPES } from './record-types.ts'
import { tryTtl } from './ttl.ts'
import { readFileRdata, type FileRdata } from './zone-file-rdata.ts'
import { readZoneFile, zoneFileError, type ZoneFileReader } from './zone-file-reader.ts'

const CLASSES: Enumeration = { Unknown: 0, IN: 1, CS: 2, CH: 3, HS: 4, NONE: 254, ANY: 255 }

export interface FileRecord extends FileRdata {
  name: string
  type: string
  class: string
  ttl: number
  comment: string | null
}

/** All records of a zone file, or the server's error: nothing is kept of a file that has one. */
export function parseZoneFile(text: string, origin: string, defaultTtl: number): FileRecord[] {
  const file = readZoneFile(text, origin)
  const records: FileRecord[] = []
  let standardTtl = defaultTtl
  let last = { name: origin, ttl: 0, class: 'Unknown' }
  for (let word = file.word(true); word !== null; word = file.word(true)) {
    if (word === '$ORIGIN') {
      const name = file.domain()
      if (!isValidName(name)) throw controlError("$ORIGIN 'domain-name'", file.line())
      file.setOrigin(name)
      last = { ...last, name }
    } else if (word === '$TTL') {
      const ttl = tryTtl(file.word() ?? '')
      if (ttl === null) throw controlError("$TTL 'default-ttl'", file.line())
      standardTtl = ttl
    } else if (word === '$INCLUDE') {
      throw new ServerError(`The zone file parser does not support $INCLUDE control entry on line # ${file.line()}.`)
    } else {
      const name = ownerName(file, word, last.name)
      const head = readHead(file)
      const ttl = head.ttl ?? (standardTtl > 0 ? standardTtl : last.ttl)
      const cls = head.class ?? (last.class === 'Unknown' ? 'IN' : last.class)
      const data = readData(file, head.type)
      records.push({ name: toAscii(name), type: head.type, class: cls, ttl, comment: file.comment(), ...data })
      last = { name, ttl, class: cls }
    }
  }
  return records
}

function controlError(what: string, line: number): ServerError {
  return new ServerError(`The zone file parser failed to parse ${what} field on line # ${line}.`)
}

function ownerName(file: ZoneFileReader, word: string, last: string): string {
  const origin = file.origin()
  const name = word === '' ? last : word === '@' ? origin : word.endsWith('.') ? word.slice(0, -1) : `${word}.${origin}`
  if (name === null || !isValidName(name)) throw zoneFileError('domain-name', file.line())
  return name
}

/** TTL and class in either order, then the type. */
function readHead(file: ZoneFileReader): { ttl: number | null; class: string | null; type: string } {
  let ttl: number | null = null
  let cls: string | null = null
  for (;;) {
    const word = file.word()
    if (word === null) throw zoneFileError('rr', file.line())
    const seconds: number | null = ttl === null ? tryTtl(word) : null
    const named: string | null = cls === null ? (tryEnum(CLASSES, word) ?? numbered('CLASS', word, CLASSES)) : null
    if (seconds !== null) ttl = seconds
    else if (named !== null) cls = named
    else {
      const type = tryEnum(RECORD_TYPES, word) ?? numbered('TYPE', word, RECORD_TYPES)
      if (type === null) throw zoneFileError('rr', file.line())
      return { ttl, class: cls, type }
    }
  }
}

/** `TYPE65400`, `CLASS3`. */
function numbered(prefix: string, word: string, names: Enumeration): string | null {
  if (!word.toUpperCase().startsWith(prefix)) return null
  const digits = word.slice(prefix.length)
  return /^\d+$/.test(digits) && Number(digits) <= 65_535 ? enumName(names, Number(digits)) : null
}

function readData(file: ZoneFileReader, type: string): FileRdata {
  try {
    return readFileRdata(file, type)
  } catch (error) {
    if (error instanceof ServerError) throw zoneFileError('rdata', file.line(), error.message)
    throw error
  }
}
