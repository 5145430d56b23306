import { hostName, mailbox, mailboxName, relativeTo, toUnicode } from './names.ts'
import type { Rdata, Soa } from './rdata.ts'
import { ttlString } from './ttl.ts'

export function soaRdata(input: Soa): Rdata {
  const soa = {
    ...input,
    primaryNameServer: hostName(input.primaryNameServer),
    responsiblePerson: mailbox(input.responsiblePerson),
  }
  const unicode = toUnicode(soa.primaryNameServer)
  const { serial, refresh, retry, expire, minimum } = soa
  return {
    key: JSON.stringify(soa).toLowerCase(),
    json: {
      primaryNameServer: soa.primaryNameServer,
      ...(unicode === undefined ? {} : { primaryNameServerIdn: unicode }),
      responsiblePerson: soa.responsiblePerson,
      serial,
      refresh,
      retry,
      expire,
      minimum,
      refreshString: ttlString(refresh),
      retryString: ttlString(retry),
      expireString: ttlString(expire),
      minimumString: ttlString(minimum),
    },
    print: (origin) =>
      [
        relativeTo(origin, soa.primaryNameServer),
        relativeTo(origin, mailboxName(soa.responsiblePerson)),
        serial,
        refresh,
        retry,
        expire,
        minimum,
      ].join(' '),
    soa,
  }
}
