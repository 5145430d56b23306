import {
  DIGEST_TYPES,
  DNSSEC_ALGORITHMS,
  type FieldKind,
  hex,
  host,
  mailbox,
  named,
  plain,
  SSHFP_ALGORITHMS,
  SSHFP_FINGERPRINTS,
  text,
  TLSA_MATCHINGS,
  TLSA_SELECTORS,
  TLSA_USAGES,
} from './fields.ts'

/** One field: its name in `rData`, as a parameter that names a value, and as the new value of an update. */
export interface Field {
  read: string
  write: string
  update: string
  kind: FieldKind
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

/** The usual naming: read and written alike, `newName` in an update. */
const field = (name: string, kind: FieldKind): Field => ({
  read: name,
  write: name,
  update: `new${capital(name)}`,
  kind,
})

/** Written with the type's name before it: `tlsaSelector`, `newTlsaSelector`. */
const prefixed = (prefix: string, name: string, kind: FieldKind): Field => ({
  read: name,
  write: prefix + capital(name),
  update: `new${capital(prefix)}${capital(name)}`,
  kind,
})

const naptr = (name: string, kind: FieldKind): Field => ({
  ...prefixed('naptr', name, kind),
  update: `naptrNew${capital(name)}`,
})

/** CNAME, DNAME: the plain parameter is the new value, and the old one is not asked for. */
const single = (name: string): Field => ({ read: name, write: name, update: name, kind: host })

const digest = (name: string, names: Readonly<Record<number, string>>) => field(name, named(names, `${name}Number`))

/**
 * Types whose rdata is a row of fields, in the order of the canonical text. The write names differ from the read names:
 * APIDOCS of DNS Server 15, "Zone API calls", add, update and delete record.
 */
export const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  A: [field('ipAddress', plain)],
  AAAA: [field('ipAddress', plain)],
  NS: [field('nameServer', host)],
  CNAME: [single('cname')],
  DNAME: [single('dname')],
  PTR: [field('ptrName', host)],
  MX: [field('preference', plain), field('exchange', host)],
  RP: [field('mailbox', mailbox), field('txtDomain', host)],
  SRV: [field('priority', plain), field('weight', plain), field('port', plain), field('target', host)],
  NAPTR: [
    naptr('order', plain),
    naptr('preference', plain),
    naptr('flags', text),
    naptr('services', text),
    naptr('regexp', text),
    naptr('replacement', host),
  ],
  DS: [
    field('keyTag', plain),
    digest('algorithm', DNSSEC_ALGORITHMS),
    digest('digestType', DIGEST_TYPES),
    field('digest', hex),
  ],
  SSHFP: [
    prefixed('sshfp', 'algorithm', named(SSHFP_ALGORITHMS)),
    prefixed('sshfp', 'fingerprintType', named(SSHFP_FINGERPRINTS)),
    prefixed('sshfp', 'fingerprint', hex),
  ],
  TLSA: [
    prefixed('tlsa', 'certificateUsage', named(TLSA_USAGES)),
    prefixed('tlsa', 'selector', named(TLSA_SELECTORS)),
    prefixed('tlsa', 'matchingType', named(TLSA_MATCHINGS)),
    prefixed('tlsa', 'certificateAssociationData', hex),
  ],
  URI: [
    { ...prefixed('uri', 'priority', plain) },
    { ...prefixed('uri', 'weight', plain) },
    { read: 'uri', write: 'uri', update: 'newUri', kind: text },
  ],
  CAA: [field('flags', plain), field('tag', plain), field('value', text)],
  ANAME: [{ read: 'aname', write: 'aname', update: 'newAName', kind: host }],
}

/** Types that an update replaces without asking for the old value: the caller has compared it already. */
export const OVERWRITTEN = new Set(['CNAME', 'DNAME', 'APP', 'SOA'])
