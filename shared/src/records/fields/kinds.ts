import type { FieldKind } from '../record-type.ts'
import { ipv4, ipv6 } from './addresses.ts'
import { base32, base64, eui48, eui64, hex, locator, salt } from './bytes.ts'
import { host, mailbox } from './hosts.ts'
import { keyflags } from './key-flags.ts'
import type { Kind } from './kind.ts'
import { altitude, latitude, longitude, metres } from './loc.ts'
import { time, ttl, uint16, uint32, uint8 } from './numbers.ts'
import { svcparams } from './svcparams.ts'
import { data, longtext, quoted, text, word } from './texts.ts'
import { prefixes } from './networks.ts'
import { rrtype, types } from './types.ts'

/** The one way to read, check and print a field of each kind. */
export const kinds: Record<FieldKind, Kind> = {
  uint8,
  uint16,
  uint32,
  ttl,
  time,
  keyflags,
  host,
  mailbox,
  ipv4,
  ipv6,
  text,
  quoted,
  data,
  longtext,
  word,
  hex,
  base64,
  base32,
  salt,
  eui48,
  eui64,
  locator,
  svcparams,
  rrtype,
  types,
  prefixes,
  latitude,
  longitude,
  altitude,
  metres,
}
