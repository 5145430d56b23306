import { parseAddress } from './address.ts'
import { ServerError } from './errors.ts'
import { enumName, parseBoolean, parseByte, parseEnum, parseHex, parseUint16, parseUint32, tryEnum } from './numbers.ts'
import { rawRdata, type Rdata, type SvcParams } from './rdata.ts'
import {
  DIGEST_TYPES,
  DNSSEC_ALGORITHMS,
  dsRdata,
  FINGERPRINT_TYPES,
  SSHFP_ALGORITHMS,
  sshfpRdata,
  TLSA_MATCHING_TYPES,
  TLSA_SELECTORS,
  TLSA_USAGES,
  tlsaRdata,
} from './rdata-digests.ts'
import { forwarderRdata, PROTOCOLS, PROXY_TYPES } from './rdata-forward.ts'
import { addressRdata, aliasRdata, mxRdata, nameRdata, naptrRdata, nsRdata, rpRdata, srvRdata } from './rdata-hosts.ts'
import { soaRdata } from './rdata-soa.ts'
import { addFileParam, svcbRdata } from './rdata-svcb.ts'
import { appRdata, caaRdata, hinfoRdata, parseUri, txtFromStrings, uriRdata } from './rdata-texts.ts'
import { rdataFromWire } from './rdata-wire.ts'
import { DNSSEC_TYPES, RECORD_TYPES } from './record-types.ts'
import type { ZoneFileReader } from './zone-file-reader.ts'

/** The data of one entry, and which hints the file leaves to the server. */
export interface FileRdata {
  rdata: Rdata
  hints: { ipv4: boolean; ipv6: boolean }
}

const NO_HINTS = { ipv4: false, ipv6: false }

export function readFileRdata(file: ZoneFileReader, type: string): FileRdata {
  if (type === 'OPT' || type === 'TSIG') {
    throw new ServerError('Operation is not valid due to the current state of the object.')
  }
  const raw = file.raw()
  if (raw !== null) return { rdata: rdataFromWire(type, raw), hints: NO_HINTS }
  if (type === 'SVCB' || type === 'HTTPS') return readSvcb(file)
  if (DNSSEC_TYPES.has(type)) return { rdata: skipped(file), hints: NO_HINTS }
  const read = READERS[type]
  if (!read) throw new ServerError('Unabled to parse Unknown record data: unsupported format.')
  return { rdata: read(file), hints: NO_HINTS }
}

/** Records of DNSSEC are not imported: what they hold does not matter. */
function skipped(file: ZoneFileReader): Rdata {
  while (file.word() !== null);
  return rawRdata('')
}

function next(file: ZoneFileReader): string {
  const word = file.word()
  if (word === null) throw new ServerError("Value cannot be null. (Parameter 's')")
  return word
}

const uint16 = (file: ZoneFileReader) => parseUint16(next(file))
const byte = (file: ZoneFileReader) => parseByte(next(file))

/** The server decodes these only where quotes are left, which its words never have. */
const text = next

const READERS: Readonly<Record<string, (file: ZoneFileReader) => Rdata>> = {
  A: (file) => addressRdata(4, parseAddress(next(file))),
  AAAA: (file) => addressRdata(6, parseAddress(next(file))),
  NS: (file) => nsRdata(file.domain()),
  CNAME: (file) => nameRdata('cname', file.domain()),
  DNAME: (file) => nameRdata('dname', file.domain()),
  PTR: (file) => nameRdata('ptrName', file.domain()),
  ANAME: (file) => nameRdata('aname', file.domain()),
  ALIAS: (file) => aliasRdata(parseEnum(RECORD_TYPES)(next(file)), file.domain()),
  MX: (file) => mxRdata(uint16(file), file.domain()),
  SRV: (file) => srvRdata(uint16(file), uint16(file), uint16(file), file.domain()),
  RP: (file) => rpRdata(file.domain(), file.domain()),
  HINFO: (file) => hinfoRdata(next(file), next(file)),
  NAPTR: (file) =>
    naptrRdata({
      order: uint16(file),
      preference: uint16(file),
      flags: text(file),
      services: text(file),
      regexp: text(file),
      replacement: file.domain(),
    }),
  SOA: (file) =>
    soaRdata({
      primaryNameServer: file.domain(),
      responsiblePerson: file.domain(),
      serial: parseUint32(next(file)),
      refresh: file.ttl('refresh'),
      retry: file.ttl('retry'),
      expire: file.ttl('expire'),
      minimum: file.ttl('minimum'),
    }),
  TXT(file) {
    const strings: string[] = []
    for (let string = file.word(); string !== null; string = file.word()) strings.push(string)
    return txtFromStrings(strings)
  },
  CAA: (file) => caaRdata(byte(file), next(file), next(file)),
  URI: (file) => uriRdata(uint16(file), uint16(file), parseUri(next(file))),
  DS: (file) =>
    dsRdata(
      uint16(file),
      enumName(DNSSEC_ALGORITHMS, byte(file)),
      enumName(DIGEST_TYPES, byte(file)),
      parseHex(next(file)),
    ),
  SSHFP: (file) =>
    sshfpRdata(enumName(SSHFP_ALGORITHMS, byte(file)), enumName(FINGERPRINT_TYPES, byte(file)), parseHex(next(file))),
  TLSA: (file) =>
    tlsaRdata(
      enumName(TLSA_USAGES, byte(file)),
      enumName(TLSA_SELECTORS, byte(file)),
      enumName(TLSA_MATCHING_TYPES, byte(file)),
      parseHex(next(file)),
    ),
  APP(file) {
    const name = next(file)
    const classPath = next(file)
    const data = next(file)
    return appRdata(name, classPath, data === '-' ? '' : fromBase64(data))
  },
  FWD: readForwarder,
}

function fromBase64(encoded: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)))
  } catch {
    throw new ServerError(
      'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding ' +
        'characters, or an illegal character among the padding characters.',
    )
  }
}

function readForwarder(file: ZoneFileReader): Rdata {
  const protocol = parseEnum(PROTOCOLS)(next(file))
  const forwarder = next(file)
  const dnssecValidation = parseBoolean(next(file))
  const type = tryEnum(PROXY_TYPES, next(file)) ?? 'DefaultProxy'
  const proxy = { type, address: '', port: 0, username: '', password: '' }
  if (type === 'Http' || type === 'Socks5') {
    const orEmpty = (word: string | null) => (word === '-' ? '' : (word ?? ''))
    proxy.address = next(file)
    proxy.port = uint16(file)
    proxy.username = orEmpty(file.word())
    proxy.password = orEmpty(file.word())
  }
  return forwarderRdata({ protocol, forwarder, dnssecValidation, proxy, priority: byte(file) })
}

function readSvcb(file: ZoneFileReader): FileRdata {
  const priority = uint16(file)
  const target = file.domain()
  const params: SvcParams = new Map()
  const hints = { ipv4: false, ipv6: false }
  for (let word = file.word(); word !== null; word = file.word()) {
    const automatic = addFileParam(params, word)
    if (automatic) hints[automatic] = true
  }
  return { rdata: svcbRdata({ priority, target, params }), hints }
}
