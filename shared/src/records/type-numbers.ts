import { RdataError } from './record-type.ts'

/** Mnemonics and numbers of record types: IANA's registry, and those that servers invented from 65280 up. */
export const typeNumbers: ReadonlyMap<string, number> = new Map(
  // One line for many: it is a table.
  // prettier-ignore
  Object.entries({
    A: 1, NS: 2, MD: 3, MF: 4, CNAME: 5, SOA: 6, MB: 7, MG: 8, MR: 9, NULL: 10, WKS: 11, PTR: 12, HINFO: 13,
    MINFO: 14, MX: 15, TXT: 16, RP: 17, AFSDB: 18, X25: 19, ISDN: 20, RT: 21, NSAP: 22, 'NSAP-PTR': 23, SIG: 24,
    KEY: 25, PX: 26, GPOS: 27, AAAA: 28, LOC: 29, NXT: 30, EID: 31, NIMLOC: 32, SRV: 33, ATMA: 34, NAPTR: 35, KX: 36,
    CERT: 37, A6: 38, DNAME: 39, SINK: 40, OPT: 41, APL: 42, DS: 43, SSHFP: 44, IPSECKEY: 45, RRSIG: 46, NSEC: 47, DNSKEY: 48,
    DHCID: 49, NSEC3: 50, NSEC3PARAM: 51, TLSA: 52, SMIMEA: 53, HIP: 55, NINFO: 56, RKEY: 57, TALINK: 58, CDS: 59,
    CDNSKEY: 60, OPENPGPKEY: 61, CSYNC: 62, ZONEMD: 63, SVCB: 64, HTTPS: 65, DSYNC: 66, HHIT: 67, BRID: 68, SPF: 99, UINFO: 100, UID: 101,
    GID: 102, UNSPEC: 103, NID: 104, L32: 105, L64: 106, LP: 107, EUI48: 108, EUI64: 109, TKEY: 249, TSIG: 250, IXFR: 251, AXFR: 252, MAILB: 253, MAILA: 254, ANY: 255,
    URI: 256, CAA: 257, AVC: 258, DOA: 259, AMTRELAY: 260, RESINFO: 261, WALLET: 262, TA: 32768, DLV: 32769,
    ANAME: 65280, FWD: 65281, APP: 65282, ALIAS: 65401,
  }),
)

/** From here up numbers are anyone's (RFC 6895 §3.1): `TYPE65280` need not be what one server calls ANAME. */
const PRIVATE = 65280

const names = new Map([...typeNumbers].filter(([, number]) => number < PRIVATE).map(([name, number]) => [number, name]))

/** A number → its mnemonic, or `TYPE<n>` (RFC 3597 §5). */
export function typeName(number: number): string {
  return names.get(number) ?? `TYPE${number}`
}

/** A mnemonic or `TYPE<n>` in canonical form → its number, or null. */
export function typeNumber(type: string): number | null {
  const known = typeNumbers.get(type)
  if (known !== undefined) return known
  return /^TYPE(?:0|[1-9][0-9]{0,4})$/.test(type) && Number(type.slice(4)) < 65536 ? Number(type.slice(4)) : null
}

/** A type as anyone writes it (`mx`, `type15`) → `MX`, or `TYPE65400` for those without a mnemonic. Throws RdataError. */
export function canonicalType(text: string): string {
  const upper = text.toUpperCase()
  if (typeNumbers.has(upper)) return upper
  const number = /^TYPE[0-9]{1,5}$/.test(upper) ? Number(upper.slice(4)) : 65536
  if (number > 65535) throw new RdataError(`“${text}” is no record type.`)
  return typeName(number)
}
