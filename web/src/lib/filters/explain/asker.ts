import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { compileClients, findClient } from '@zonedeck/shared/filter/clients'
import { parseIpAddress } from '@zonedeck/shared/filter/dotnet/ip-address'
import { FailsOpen } from '@zonedeck/shared/filter/schedule'
import { readAsked } from '../clients/asked.ts'
import { addressOf, clientName, whoIs } from '../clients/who-is.ts'

/** Stands in an address for a device that no client entry names. */
export const EVERYONE_ELSE = '*'

/** Addresses for documentation (RFC 5737, RFC 3849): hardly one of them is a device. */
const STRANGERS = ['192.0.2.77', '198.51.100.77', '203.0.113.77', '2001:db8::77', '10.255.255.77', 'fd00::77']

/** Who asks, as the evaluator takes it and as a person reads it. */
export interface Asker {
  client: string
  host: string | null
  /** `Anna’s tablet`, `everyone else`. */
  name: string
}

/** Null while the text names nobody. */
export function readAsker(config: Pick<AppConfig, 'clients'>, text: string): Asker | null {
  if (text === EVERYONE_ELSE) {
    const stranger = STRANGERS.find((address) => isStranger(config, address))
    return stranger === undefined ? null : { client: stranger, host: null, name: 'Everyone else' }
  }
  const asked = readAsked(text)
  if (asked === null) return null
  const query = addressOf(asked, compileClients(config.clients))
  if (query === null) return null
  const { found } = whoIs(config, asked)
  return { ...query, name: found === null ? 'Everyone else' : clientName(found.client, found.index) }
}

function isStranger(config: Pick<AppConfig, 'clients'>, text: string): boolean {
  const address = parseIpAddress(text)
  if (address === null) return false
  try {
    return findClient(compileClients(config.clients), address, null) === null
  } catch (error) {
    // Then the app lets everybody's queries pass, and who asks makes no difference.
    if (error instanceof FailsOpen) return true
    throw error
  }
}
