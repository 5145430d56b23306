import { defineType } from './define.ts'
import { textOnly } from './fields/text-only.ts'

export const fwd = defineType({
  type: 'FWD',
  label: 'Forwarder',
  help: 'Technitium: questions about this name are passed on to another server.',
  fields: [
    {
      id: 'protocol',
      label: 'Protocol',
      kind: 'word',
      options: [
        { value: 'Udp', label: 'UDP' },
        { value: 'Tcp', label: 'TCP' },
        { value: 'Tls', label: 'DNS over TLS' },
        { value: 'Https', label: 'DNS over HTTPS' },
        { value: 'Quic', label: 'DNS over QUIC' },
      ],
      closed: true,
      initial: 'Udp',
    },
    {
      id: 'forwarder',
      label: 'Forwarder',
      kind: 'text',
      help: 'An address, a name with its address, an https address, or this-server.',
      placeholder: '9.9.9.9',
    },
    {
      id: 'dnssecValidation',
      label: 'DNSSEC validation',
      kind: 'word',
      options: [
        { value: 'true', label: 'On' },
        { value: 'false', label: 'Off' },
      ],
      closed: true,
      initial: 'false',
    },
    {
      id: 'proxyType',
      label: 'Proxy',
      kind: 'word',
      options: [
        { value: 'DefaultProxy', label: 'As the server is set up' },
        { value: 'NoProxy', label: 'None' },
        { value: 'Http', label: 'HTTP' },
        { value: 'Socks5', label: 'SOCKS 5' },
      ],
      closed: true,
      initial: 'DefaultProxy',
    },
    {
      id: 'priority',
      label: 'Priority',
      kind: 'uint8',
      help: 'Lower numbers are tried first.',
      optional: true,
      initial: 0,
    },
    { id: 'proxyAddress', label: 'Proxy address', kind: 'text', optional: true, initial: '' },
    { id: 'proxyPort', label: 'Proxy port', kind: 'uint16', optional: true, initial: 0 },
    { id: 'proxyUsername', label: 'Proxy user', kind: 'text', optional: true, initial: '' },
  ],
  brief: true,
  wire: textOnly,
})
