import type { FormValue } from '@zonedeck/shared/form'
import { NameError, parseZoneName } from '@zonedeck/shared/names'
import { reaches, rightOn } from '@zonedeck/shared/rights'
import type { Me } from '@zonedeck/shared/session'
import type { ZoneOperation } from '@zonedeck/shared/zone'
import type { Call } from '../../http/context.ts'
import { forbidden, requireRight } from '../../http/rights.ts'
import { invalid } from '../../http/problem-error.ts'
import { providerOf } from '../connections/open.ts'
import { findConnection } from '../connections/service.ts'

/** With every provider the field of this id names the catalog zone that lists a zone (`Zone.catalog`). */
const CATALOG = 'catalog'

/**
 * What concerns a whole zone needs the full right on it, and on another zone that it makes or changes. Throws 403, 404,
 * 422.
 */
export async function requireOperation(
  call: Call,
  me: Me,
  connection: string,
  zone: string,
  operation: ZoneOperation | undefined,
): Promise<void> {
  if (operation === undefined) return
  requireRight(me, 'full', connection, zone)
  const other = await otherZone(call, me, connection, operation)
  if (other === null || reaches(rightOn(me, connection, other.name), 'full')) return
  throw forbidden(`It ${other.does} the zone ${other.name}, and needs the right “full” there, too.`)
}

/** Another zone that comes to be or changes with the operation; null when there is none. */
async function otherZone(
  call: Call,
  me: Me,
  connection: string,
  operation: ZoneOperation,
): Promise<{ does: 'makes' | 'changes'; name: string } | null> {
  const at = (field: string, value: FormValue | undefined) =>
    typeof value === 'string' && value !== '' ? parseOther(value, `/operation/values/${field}`) : null
  switch (operation.operation) {
    case 'create':
    case 'settings': {
      // The catalog that a connection names for new zones is the owners' choice, and no value of the operation.
      const name = at(CATALOG, operation.values?.[CATALOG])
      return name === null ? null : { does: 'changes', name }
    }
    case 'action': {
      const { provider } = await findConnection(call, me, connection)
      const { actions } = providerOf(provider).about.capabilities
      const field = actions.find(({ id }) => id === operation.action)?.makes
      const name = field === undefined ? null : at(field, operation.values[field])
      return name === null ? null : { does: 'makes', name }
    }
    default:
      return null
  }
}

function parseOther(text: string, pointer: string): string {
  try {
    return parseZoneName(text)
  } catch (error) {
    if (error instanceof NameError) throw invalid([{ pointer, detail: error.message }])
    throw error
  }
}
