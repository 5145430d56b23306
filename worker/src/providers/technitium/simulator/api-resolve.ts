import { requireSection, type Handler, type Members } from './call.ts'
import { ServerError } from './errors.ts'
import { lookUp } from './look-up.ts'
import { messageRecord } from './message-records.ts'
import { countMessage } from './message-size.ts'
import { parseBoolean, parseEnum, type Enumeration } from './numbers.ts'
import { RECORD_TYPES } from './record-types.ts'
import { readName, type State } from './state.ts'
import { soaRecord } from './zone.ts'

const PROTOCOLS: Enumeration = { Udp: 0, Tcp: 1, Tls: 2, Https: 3, Quic: 4, HttpsJson: 5 }
const UDP_PAYLOAD = 1232

/** The server asks itself; every other server is beyond the simulator's reach and never answers. */
export const resolve: Handler = (call) => {
  requireSection(call, 'DnsClient', 'canView')
  const { state, parameters } = call
  const server = parameters.text('server')
  const name = readName(parameters.text('domain'))
  const type = parameters.read('type', parseEnum(RECORD_TYPES))
  const protocol = parameters.read('protocol', parseEnum(PROTOCOLS), 'Udp')
  parameters.read('dnssec', parseBoolean, false)
  if (server.toLowerCase() !== 'this-server') {
    throw new ServerError(
      `DnsClient failed to resolve the request '${name}. ${type} IN': request timed out for name server ` +
        `[${serverLabel(server)}].`,
      'Connection timed out',
    )
  }
  return { result: answerOf(state, name, type, protocol), rawResponses: [] }
}

/** `localhost:5999 (127.0.0.1)`, as the name of an address is looked up first. */
function serverLabel(server: string): string {
  const [host = '', port = '53'] = server.split(':')
  return /^127\./.test(host) ? `localhost:${port} (${host})` : server
}

function answerOf(state: State, name: string, type: string, protocol: string): Members {
  const { zone, records, exists } = lookUp(state, name, type)
  const rcode = zone ? (exists ? 'NoError' : 'NxDomain') : 'ServerFailure'
  const message = countMessage()
  message.name(name)
  message.octets(4)
  const answer = records.map((record) => messageRecord(record, message))
  const authority = zone && records.length === 0 ? [messageRecord(soaRecord(zone), message)] : []
  // The OPT record.
  message.octets(11)
  return {
    Metadata: {
      NameServer: `${state.serverDomain}:${state.dnsPort} (127.0.0.1)`,
      Protocol: protocol,
      DatagramSize: `${message.size()} bytes`,
      RoundTripTime: '0.3 ms',
    },
    EDNS: { UdpPayloadSize: UDP_PAYLOAD, ExtendedRCODE: rcode, Version: 0, Flags: 'None', Options: [] },
    Identifier: 0,
    IsResponse: true,
    OPCODE: 'StandardQuery',
    AuthoritativeAnswer: zone !== undefined,
    Truncation: false,
    RecursionDesired: true,
    RecursionAvailable: true,
    Z: 0,
    AuthenticData: false,
    CheckingDisabled: false,
    RCODE: rcode,
    QDCOUNT: 1,
    ANCOUNT: answer.length,
    NSCOUNT: authority.length,
    ARCOUNT: 1,
    Question: [{ Name: name, Type: type, Class: 'IN' }],
    Answer: answer,
    Authority: authority,
    Additional: [
      {
        Name: '',
        Type: 'OPT',
        Class: String(UDP_PAYLOAD),
        TTL: '0 (0s)',
        RDLENGTH: '0 bytes',
        RDATA: { Options: [] },
        DnssecStatus: 'Disabled',
      },
    ],
  }
}
