import type { DnssecStep } from '@zonedeck/shared/zone'
import { ProviderError } from '../provider-error.ts'
import type { Params } from './call.ts'

/** The panel's name of an algorithm → the server's parameters. */
const ALGORITHMS: Readonly<Record<string, Params>> = {
  ECDSAP256SHA256: { algorithm: 'ECDSA', curve: 'P256' },
  ECDSAP384SHA384: { algorithm: 'ECDSA', curve: 'P384' },
  ED25519: { algorithm: 'EDDSA', curve: 'ED25519' },
  ED448: { algorithm: 'EDDSA', curve: 'ED448' },
  RSASHA256: { algorithm: 'RSA', hashAlgorithm: 'SHA256' },
  RSASHA512: { algorithm: 'RSA', hashAlgorithm: 'SHA512' },
}

interface Call {
  path: string
  params: Params
}

const SIGN = '/api/zones/dnssec/sign'
const UNSIGN = '/api/zones/dnssec/unsign'
const properties = (name: string) => `/api/zones/dnssec/properties/${name}`

/** The call of a step. Throws `refused` for a step that is none. */
export function stepCall({ action, key, values }: DnssecStep): Call {
  const text = (id: string) => String(values[id] ?? '')
  const keyTag = { keyTag: key ?? '' }
  const hashing = { iterations: text('iterations'), saltLength: text('saltLength') }
  switch (action) {
    case 'sign':
      return {
        path: SIGN,
        params: {
          ...algorithmParams(text('algorithm')),
          ...sizes({ kskKeySize: text('kskBits'), zskKeySize: text('zskBits') }),
          dnsKeyTtl: text('dnsKeyTtl'),
          zskRolloverDays: text('rolloverDays'),
          nxProof: text('proof'),
          ...(text('proof') === 'NSEC3' ? hashing : {}),
        },
      }
    case 'unsign':
      return { path: UNSIGN, params: {} }
    case 'convert-to-nsec':
      return { path: properties('convertToNSEC'), params: {} }
    case 'convert-to-nsec3':
      return { path: properties('convertToNSEC3'), params: hashing }
    case 'nsec3':
      return { path: properties('updateNSEC3Params'), params: hashing }
    case 'dnskey-ttl':
      return { path: properties('updateDnsKeyTtl'), params: { ttl: text('dnsKeyTtl') } }
    case 'add-key':
      return {
        // The name that every version knows.
        path: properties('generatePrivateKey'),
        params: {
          keyType: text('keyType'),
          ...algorithmParams(text('algorithm')),
          ...sizes({ keySize: text('bits') }),
          ...(text('keyType') === 'ZoneSigningKey' ? { rolloverDays: text('rolloverDays') } : {}),
        },
      }
    case 'publish':
      return { path: properties('publishAllPrivateKeys'), params: {} }
    case 'rollover-days':
      return { path: properties('updatePrivateKey'), params: { ...keyTag, rolloverDays: text('rolloverDays') } }
    case 'activate':
      return { path: properties('activateKskDnsKey'), params: keyTag }
    case 'roll-over':
      return { path: properties('rolloverDnsKey'), params: keyTag }
    case 'retire':
      return { path: properties('retireDnsKey'), params: keyTag }
    case 'delete':
      return { path: properties('deletePrivateKey'), params: keyTag }
    default:
      throw new ProviderError('refused', 'This server offers no such step.')
  }
}

function algorithmParams(name: string): Params {
  const params = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined
  if (params === undefined) throw new ProviderError('refused', `The server signs with none of the name ${name}.`)
  return params
}

/** Of RSA keys alone. */
function sizes(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([, bits]) => bits !== ''))
}
