import type { Address } from './address.ts'
import { ServerError } from './errors.ts'
import { tryAddress } from './address.ts'
import { hostName, mailbox, mailboxName, relativeTo, toUnicode } from './names.ts'
import { hostJson, quoted, type Rdata } from './rdata.ts'

export function addressRdata(family: 4 | 6, address: Address): Rdata {
  if (address.family !== family) throw new ServerError('Invalid IP address family.')
  return { key: address.text, json: { ipAddress: address.text }, print: () => address.text, address }
}

/** CNAME, DNAME, PTR and ANAME: one name and nothing else. */
export function nameRdata(member: string, text: string): Rdata {
  const name = hostName(text)
  return {
    key: name.toLowerCase(),
    json: hostJson(member, name),
    print: (origin) => relativeTo(origin, name),
    host: name,
  }
}

export function nsRdata(text: string, validate = true): Rdata {
  if (validate && hostName(text) !== '' && tryAddress(text)) {
    throw new ServerError(`Invalid domain name [${text}]: IP address cannot be used for name server domain name.`)
  }
  return validate ? nameRdata('nameServer', text) : { key: text.toLowerCase(), json: {}, print: () => text, host: text }
}

export function mxRdata(preference: number, text: string): Rdata {
  const exchange = hostName(text)
  return {
    key: `${preference} ${exchange.toLowerCase()}`,
    json: { preference, ...hostJson('exchange', exchange) },
    print: (origin) => `${preference} ${relativeTo(origin, exchange)}`,
  }
}

export function srvRdata(priority: number, weight: number, port: number, text: string): Rdata {
  const target = hostName(text)
  const numbers = `${priority} ${weight} ${port}`
  return {
    key: `${numbers} ${target.toLowerCase()}`,
    json: { priority, weight, port, ...hostJson('target', target) },
    print: (origin) => `${numbers} ${relativeTo(origin, target)}`,
  }
}

export function rpRdata(mailboxText: string, txtText: string): Rdata {
  const txtDomain = hostName(txtText)
  const address = mailbox(mailboxText)
  // The server makes the Unicode form of the second name from the first.
  const unicode = toUnicode(address)
  return {
    key: `${address.toLowerCase()} ${txtDomain.toLowerCase()}`,
    json: { mailbox: address, txtDomain, ...(unicode === undefined ? {} : { txtDomainIdn: unicode }) },
    print: (origin) => `${relativeTo(origin, mailboxName(address))} ${relativeTo(origin, txtDomain)}`,
  }
}

interface Naptr {
  order: number
  preference: number
  flags: string
  services: string
  regexp: string
  replacement: string
}

export function naptrRdata(input: Naptr): Rdata {
  const replacement = hostName(input.replacement)
  const { order, preference, flags, services, regexp } = input
  return {
    key: JSON.stringify([order, preference, flags, services, regexp, replacement]),
    json: { order, preference, flags, services, regexp, ...hostJson('replacement', replacement) },
    print: (origin) =>
      [order, preference, quoted(flags), quoted(services), quoted(regexp), relativeTo(origin, replacement)].join(' '),
  }
}

/** A type of another server that this one only keeps. */
export function aliasRdata(type: string, text: string): Rdata {
  const alias = hostName(text)
  return {
    key: `${type} ${alias.toLowerCase()}`,
    json: { type, ...hostJson('alias', alias) },
    print: (origin) => `${type} ${relativeTo(origin, alias)}`,
  }
}
