import type { Members } from './call.ts'
import type { MessageSize } from './message-size.ts'
import { mailboxName } from './names.ts'
import { ttlString } from './ttl.ts'
import type { HeldRecord } from './zone.ts'

/** Records as the server's own DNS client prints them: other names than the API of the zones, times with their words. */

function timed(seconds: number): string {
  return `${seconds} (${ttlString(seconds)})`
}

/** Writes the data into the message's size, and returns its members. Recorded for SOA; the rest is assumed alike. */
function dataOf(record: HeldRecord, message: MessageSize): Members {
  const { rdata, type } = record
  if (rdata.soa) {
    const { primaryNameServer, responsiblePerson, serial, refresh, retry, expire, minimum } = rdata.soa
    message.name(primaryNameServer)
    message.name(mailboxName(responsiblePerson))
    message.octets(20)
    return {
      PrimaryNameServer: primaryNameServer,
      ResponsiblePerson: responsiblePerson,
      Serial: serial,
      Refresh: timed(refresh),
      Retry: timed(retry),
      Expire: timed(expire),
      Minimum: timed(minimum),
    }
  }
  if (rdata.address) {
    message.octets(rdata.address.family === 4 ? 4 : 16)
    return { IPAddress: rdata.address.text }
  }
  if (rdata.host !== undefined) {
    message.name(rdata.host, type !== 'DNAME')
    return { [type === 'NS' ? 'NameServer' : 'Domain']: rdata.host }
  }
  const text = rdata.print('')
  message.octets(text.length)
  return Object.fromEntries(
    Object.entries(rdata.json).map(([name, value]) => [`${name[0]!.toUpperCase()}${name.slice(1)}`, value]),
  )
}

export function messageRecord(record: HeldRecord, message: MessageSize): Members {
  message.name(record.name)
  message.octets(10)
  const start = message.size()
  const data = dataOf(record, message)
  return {
    Name: record.name,
    Type: record.type,
    Class: 'IN',
    TTL: timed(record.ttl),
    RDLENGTH: `${message.size() - start} bytes`,
    RDATA: data,
    DnssecStatus: 'Disabled',
  }
}
