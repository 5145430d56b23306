import { parseAddress } from './address.ts'
import { trimDots } from './names.ts'
import { parseBoolean, parseByte, parseDashedEnum, parseEnum, parseHex, parseRawData, parseUint16 } from './numbers.ts'
import type { Parameters } from './parameters.ts'
import { rawRdata, type Rdata } from './rdata.ts'
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
import { forwarderName, forwarderRdata, PROTOCOLS, PROXY_TYPES, type Proxy } from './rdata-forward.ts'
import { addressRdata, mxRdata, nameRdata, naptrRdata, nsRdata, rpRdata, srvRdata } from './rdata-hosts.ts'
import { parsePipedParams, svcbRdata } from './rdata-svcb.ts'
import { appRdata, caaRdata, parseUri, splitStrings, txtFromStrings, txtFromText, uriRdata } from './rdata-texts.ts'

/** Parameters' names differ between calls: `wire` gives the current value's name, `fresh` the new value's. */
type Reader = (parameters: Parameters) => Rdata
/** Reads both, in the server's order of complaints; a new value that is not sent is the current one. */
type PairReader = (parameters: Parameters) => { old: Rdata; fresh: Rdata }

interface RecordParameters {
  read: Reader
  /** Missing where an update overwrites whatever is there, with the same names: CNAME, DNAME, APP. */
  readPair?: PairReader
}

interface Field<T> {
  name: string
  fresh: string
  alias?: string
  freshAlias?: string
  parse: (text: string) => T
  /** The value when it is not sent; required without. */
  otherwise?: T
}

type Values<F> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never }

/** A type whose data is a list of fields, each with a current and a new name. */
function fromFields<F extends Record<string, Field<unknown>>>(
  fields: F,
  make: (values: Values<F>) => Rdata,
): RecordParameters {
  const current = (parameters: Parameters, field: Field<unknown>): unknown => {
    const raw = parameters.optional(field.name, same) ?? (field.alias ? parameters.optional(field.alias, same) : null)
    if (raw === null && field.otherwise !== undefined) return field.otherwise
    return field.parse(raw ?? parameters.text(field.name))
  }
  const next = (parameters: Parameters, field: Field<unknown>, old: unknown): unknown =>
    parameters.optional(field.fresh, field.parse) ??
    (field.freshAlias ? parameters.optional(field.freshAlias, field.parse) : null) ??
    old
  const entries = Object.entries(fields)
  return {
    read: (parameters) =>
      make(Object.fromEntries(entries.map(([key, field]) => [key, current(parameters, field)])) as Values<F>),
    readPair(parameters) {
      const old: Record<string, unknown> = {}
      const fresh: Record<string, unknown> = {}
      for (const [key, field] of entries) {
        old[key] = current(parameters, field)
        fresh[key] = next(parameters, field, old[key])
      }
      return { old: make(old as Values<F>), fresh: make(fresh as Values<F>) }
    },
  }
}

const same = (text: string) => text

function capital(name: string): string {
  return `new${name[0]!.toUpperCase()}${name.slice(1)}`
}

function field<T>(name: string, parse: (text: string) => T, more: Partial<Field<T>> = {}): Field<T> {
  return { name, fresh: capital(name), parse, ...more }
}

const VALUE = { alias: 'value', freshAlias: 'newValue' }

function addressFields(family: 4 | 6): RecordParameters {
  return fromFields({ address: field('ipAddress', parseAddress, VALUE) }, ({ address }) =>
    addressRdata(family, address),
  )
}

function naptrField<T>(part: string, parse: (text: string) => T, otherwise?: T): Field<T> {
  return {
    name: `naptr${part}`,
    fresh: `naptrNew${part}`,
    parse,
    ...(otherwise === undefined ? {} : { otherwise }),
  }
}

/** Sent as zone-file names would be, but never completed: they are absolute already. */
const host = (name: string, more: Partial<Field<string>> = VALUE) => field(name, trimDots, more)

const SVCB: RecordParameters = fromFields(
  {
    priority: field('svcPriority', parseUint16),
    target: field('svcTargetName', trimDots),
    params: field('svcParams', same),
  },
  ({ priority, target, params }) => svcbRdata({ priority, target, params: parsePipedParams(params) }),
)

const TXT: RecordParameters = {
  read: (parameters) => txt(parameters.either('text', 'value'), parameters.read('splitText', parseBoolean, false)),
  readPair(parameters) {
    const text = parameters.either('text', 'value')
    const newText = parameters.either('newText', 'newValue', text)
    const split = parameters.read('splitText', parseBoolean, false)
    const newSplit = parameters.read('newSplitText', parseBoolean, split)
    return { old: txt(text, split), fresh: txt(newText, newSplit) }
  },
}

function txt(text: string, split: boolean): Rdata {
  return split ? txtFromStrings(splitStrings(text)) : txtFromText(text)
}

const FWD: RecordParameters = {
  read(parameters) {
    const protocol = parameters.read('protocol', parseEnum(PROTOCOLS), 'Udp')
    return readForwarder(parameters, protocol, parameters.either('forwarder', 'value'))
  },
  readPair(parameters) {
    const protocol = parameters.read('protocol', parseEnum(PROTOCOLS), 'Udp')
    const newProtocol = parameters.read('newProtocol', parseEnum(PROTOCOLS), protocol)
    const forwarder = parameters.either('forwarder', 'value')
    const newForwarder = parameters.either('newForwarder', 'newValue', forwarder)
    return {
      old: forwarderName(protocol, forwarder),
      fresh: readForwarder(parameters, newProtocol, newForwarder),
    }
  },
}

function readForwarder(parameters: Parameters, protocol: string, forwarder: string): Rdata {
  const dnssecValidation = parameters.read('dnssecValidation', parseBoolean, false)
  const proxy = forwarder === 'this-server' ? NO_PROXY : readProxy(parameters)
  const priority = parameters.read('forwarderPriority', parseByte, 0)
  return forwarderRdata({ protocol, forwarder, priority, dnssecValidation, proxy })
}

const NO_PROXY: Proxy = { type: 'DefaultProxy', address: '', port: 0, username: '', password: '' }

export function readProxy(parameters: Parameters): Proxy {
  const type = parameters.read('proxyType', parseEnum(PROXY_TYPES), 'DefaultProxy')
  if (type !== 'Http' && type !== 'Socks5') return { ...NO_PROXY, type }
  return {
    type,
    address: parameters.text('proxyAddress'),
    port: parameters.read('proxyPort', parseUint16),
    username: parameters.raw('proxyUsername') ?? '',
    password: parameters.raw('proxyPassword') ?? '',
  }
}

const APP: RecordParameters = {
  read: (parameters) =>
    appRdata(parameters.either('appName', 'value'), parameters.text('classPath'), parameters.text('recordData', '')),
}

const RAW: RecordParameters = fromFields({ data: field('rdata', parseRawData, { fresh: 'newRData' }) }, ({ data }) =>
  rawRdata(data),
)

const TYPES: Readonly<Record<string, RecordParameters>> = {
  A: addressFields(4),
  AAAA: addressFields(6),
  NS: fromFields({ host: host('nameServer') }, (values) => nsRdata(values.host)),
  CNAME: { read: (parameters) => nameRdata('cname', trimDots(parameters.either('cname', 'value'))) },
  DNAME: { read: (parameters) => nameRdata('dname', trimDots(parameters.either('dname', 'value'))) },
  PTR: fromFields({ host: host('ptrName') }, (values) => nameRdata('ptrName', values.host)),
  MX: fromFields({ preference: field('preference', parseUint16), exchange: host('exchange') }, (values) =>
    mxRdata(values.preference, values.exchange),
  ),
  TXT,
  RP: fromFields(
    { mailbox: host('mailbox', { otherwise: '' }), txtDomain: host('txtDomain', { otherwise: '' }) },
    (values) => rpRdata(values.mailbox, values.txtDomain),
  ),
  SRV: fromFields(
    {
      priority: field('priority', parseUint16),
      weight: field('weight', parseUint16),
      port: field('port', parseUint16),
      target: host('target'),
    },
    (values) => srvRdata(values.priority, values.weight, values.port, values.target),
  ),
  NAPTR: fromFields(
    {
      order: naptrField('Order', parseUint16),
      preference: naptrField('Preference', parseUint16),
      flags: naptrField('Flags', same, ''),
      services: naptrField('Services', same, ''),
      regexp: naptrField('Regexp', same, ''),
      replacement: naptrField('Replacement', trimDots, ''),
    },
    naptrRdata,
  ),
  DS: fromFields(
    {
      keyTag: field('keyTag', parseUint16),
      algorithm: field('algorithm', parseDashedEnum(DNSSEC_ALGORITHMS)),
      digestType: field('digestType', parseDashedEnum(DIGEST_TYPES)),
      digest: field('digest', parseHex, VALUE),
    },
    (values) => dsRdata(values.keyTag, values.algorithm, values.digestType, values.digest),
  ),
  SSHFP: fromFields(
    {
      algorithm: field('sshfpAlgorithm', parseEnum(SSHFP_ALGORITHMS)),
      fingerprintType: field('sshfpFingerprintType', parseEnum(FINGERPRINT_TYPES)),
      fingerprint: field('sshfpFingerprint', parseHex),
    },
    (values) => sshfpRdata(values.algorithm, values.fingerprintType, values.fingerprint),
  ),
  TLSA: fromFields(
    {
      usage: field('tlsaCertificateUsage', parseDashedEnum(TLSA_USAGES)),
      selector: field('tlsaSelector', parseEnum(TLSA_SELECTORS)),
      matchingType: field('tlsaMatchingType', parseDashedEnum(TLSA_MATCHING_TYPES)),
      data: field('tlsaCertificateAssociationData', same),
    },
    (values) => tlsaRdata(values.usage, values.selector, values.matchingType, values.data),
  ),
  SVCB,
  HTTPS: SVCB,
  URI: fromFields(
    {
      priority: field('uriPriority', parseUint16),
      weight: field('uriWeight', parseUint16),
      uri: field('uri', parseUri),
    },
    (values) => uriRdata(values.priority, values.weight, values.uri),
  ),
  CAA: fromFields(
    { flags: field('flags', parseByte), tag: field('tag', same), value: field('value', same) },
    (values) => caaRdata(values.flags, values.tag, values.value),
  ),
  ANAME: fromFields({ host: host('aname', { ...VALUE, fresh: 'newAName' }) }, (values) =>
    nameRdata('aname', values.host),
  ),
  FWD,
  APP,
}

export function parametersOf(type: string): RecordParameters {
  return TYPES[type] ?? RAW
}

/** Whether the type has no parameters of its own and is sent as `rdata`, in hexadecimal. */
export function isRaw(type: string): boolean {
  return !(type in TYPES)
}

/** What a delete names: less than the data for some types, where the server looks at less. */
export function readDeleted(type: string, parameters: Parameters): Rdata {
  if (type === 'NS') return nsRdata(trimDots(parameters.either('nameServer', 'value')), false)
  if (type === 'FWD') {
    const protocol = parameters.read('protocol', parseEnum(PROTOCOLS), 'Udp')
    return forwarderName(protocol, parameters.either('forwarder', 'value'))
  }
  if (isRaw(type)) return rawRdata(parseRawData(parameters.text('rdata', '')))
  return parametersOf(type).read(parameters)
}
