import type { FormField } from '@zonedeck/shared/form'
import { ProviderError } from '../provider-error.ts'
import { addressList } from './addresses.ts'
import { COPY, keyChoice, listOf, ORIGINAL, textOf, type Setting } from './setting.ts'

/** A list of addresses. */
function addresses(kind: string, field: Omit<FormField, 'kind'>, hold: Parameters<typeof addressList>[2]): Setting {
  return {
    field: { ...field, kind: 'lines', mono: true },
    read: ({ metadata }) => [...(metadata.get(kind) ?? [])],
    send: (value) => ({ metadata: kind, values: addressList(field.id, value, hold) }),
    shows: kind,
  }
}

/** Settings that are per-zone metadata, as far as the API lets them be written. */
export const metadataFields: readonly Setting[] = [
  addresses(
    'ALLOW-AXFR-FROM',
    {
      id: 'allowTransferFrom',
      label: 'Allow transfers to',
      help: 'Networks or addresses, one a line; AUTO-NS for the servers of the zone’s NS records. The server’s allow-axfr-ips counts as well.',
      placeholder: '192.0.2.0/24',
    },
    'network',
  ),
  addresses(
    'ALSO-NOTIFY',
    {
      id: 'alsoNotify',
      label: 'Also notify',
      help: 'Servers that are told of changes although no NS record names them: addresses, one a line.',
      placeholder: '192.0.2.53:5353',
    },
    'server',
  ),
  {
    field: {
      id: 'transferSource',
      label: 'Source address of transfers',
      help: 'The address of this server from which it asks the primary.',
      kind: 'text',
      mono: true,
      placeholder: '192.0.2.1',
      when: COPY,
    },
    read: ({ metadata }) => metadata.get('AXFR-SOURCE')?.[0] ?? '',
    send: (value) => ({ metadata: 'AXFR-SOURCE', values: addressList('transferSource', value, 'address') }),
    shows: 'AXFR-SOURCE',
  },
  {
    field: {
      id: 'incremental',
      label: 'Incremental transfers',
      help: 'Asks the primary for what changed (IXFR) and not for the whole zone.',
      kind: 'switch',
      when: COPY,
    },
    read: ({ metadata }) => metadata.get('IXFR')?.[0] === '1',
    send: (value) => ({ metadata: 'IXFR', values: value === true ? ['1'] : [] }),
    shows: 'IXFR',
  },
  {
    field: {
      id: 'renotify',
      label: 'Notify others after a transfer',
      kind: 'choice',
      choices: [
        { value: 'server', label: 'As the server is set', help: 'By slave-renotify of its configuration.' },
        { value: '1', label: 'On' },
        { value: '0', label: 'Off' },
      ],
      when: COPY,
    },
    read: ({ metadata }) => metadata.get('SLAVE-RENOTIFY')?.[0] || 'server',
    send: (value) => ({ metadata: 'SLAVE-RENOTIFY', values: value === 'server' ? [] : [textOf(value)] }),
    shows: 'SLAVE-RENOTIFY',
  },
  {
    field: {
      id: 'publishCds',
      label: 'CDS records',
      help: 'Parents that look for them take the DS over by themselves (RFC 7344). With none chosen, default-publish-cds of the server counts.',
      kind: 'choices',
      choices: [
        { value: '2', label: 'SHA-256' },
        { value: '4', label: 'SHA-384' },
        { value: '0', label: 'Ask the parent to remove the DS' },
      ],
    },
    read: ({ metadata }) => (metadata.get('PUBLISH-CDS')?.[0] ?? '').split(/[, ]+/).filter((each) => each !== ''),
    send(value) {
      const digests = listOf(value)
      if (digests.includes('0') && digests.length > 1) {
        throw new ProviderError('refused', 'A request to remove the DS stands alone, without digests.', {
          field: 'publishCds',
        })
      }
      return { metadata: 'PUBLISH-CDS', values: digests.length === 0 ? [] : [digests.join(',')] }
    },
    shows: 'PUBLISH-CDS',
  },
  {
    field: {
      id: 'publishCdnskey',
      label: 'CDNSKEY records',
      kind: 'choice',
      choices: [
        { value: 'server', label: 'As the server is set', help: 'By default-publish-cdnskey of its configuration.' },
        { value: '1', label: 'Of every key-signing key' },
        { value: '0', label: 'Ask the parent to remove the DS' },
      ],
    },
    read: ({ metadata }) => metadata.get('PUBLISH-CDNSKEY')?.[0] || 'server',
    send: (value) => ({ metadata: 'PUBLISH-CDNSKEY', values: value === 'server' ? [] : [textOf(value)] }),
    shows: 'PUBLISH-CDNSKEY',
  },
  addresses(
    'ALLOW-DNSUPDATE-FROM',
    {
      id: 'updateFrom',
      label: 'Allow dynamic updates from',
      help: 'Networks or addresses, one a line. The server has to run with dnsupdate=yes.',
      placeholder: '192.0.2.0/24',
      when: ORIGINAL,
    },
    'network',
  ),
  {
    ...keyChoice(
      {
        id: 'updateKeys',
        label: 'TSIG keys for dynamic updates',
        help: 'With any chosen, an update has to be signed with one of them.',
        when: ORIGINAL,
      },
      ({ metadata }) => metadata.get('TSIG-ALLOW-DNSUPDATE') ?? [],
      (names) => ({ metadata: 'TSIG-ALLOW-DNSUPDATE', values: names }),
    ),
    shows: 'TSIG-ALLOW-DNSUPDATE',
  },
]
