import type { Field } from '../record-type.ts'
import { quickHost } from './quick.ts'

/** SVCB and HTTPS have one form (RFC 9460 §2.1). */
export const serviceFields: readonly Field[] = [
  {
    id: 'priority',
    label: 'Priority',
    kind: 'uint16',
    help: '0 makes an alias; otherwise lower numbers are tried first.',
    placeholder: '1',
    initial: 1,
  },
  {
    id: 'target',
    label: 'Target',
    kind: 'host',
    help: 'The host that offers the service; “.” is this name itself.',
    placeholder: '.',
    initial: '.',
  },
  {
    id: 'params',
    label: 'Parameters',
    kind: 'svcparams',
    help: 'With spaces between: alpn=h2,h3 port=8443 ipv4hint=192.0.2.1 ipv6hint=2001:db8::1 ech=… dohpath=/dns-query{?dns}.',
    placeholder: 'alpn=h2,h3',
    optional: true,
  },
]

/** One of these without parameters looks like an MX. */
export const quickService = quickHost(1)
