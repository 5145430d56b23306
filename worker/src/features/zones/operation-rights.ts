import { NameError, parseZoneName } from '@zonedeck/shared/names'
import { reaches, rightOn } from '@zonedeck/shared/rights'
import type { Me } from '@zonedeck/shared/session'
import type { ZoneOperation } from '@zonedeck/shared/zone'
import type { Call } from '../../http/context.ts'
import { forbidden, requireRight } from '../../http/rights.ts'
import { invalid } from '../../http/problem-error.ts'
import { providerOf } from '../connections/open.ts'
import { findConnection } from '../connections/service.ts'

/** What concerns a whole zone needs the full right on it, and on another zone that it makes. Throws 403, 404, 422. */
export async function requireOperation(
  call: Call,
  me: Me,
  connection: string,
  zone: string,
  operation: ZoneOperation | undefined,
): Promise<void> {
  if (operation === undefined) return
  requireRight(me, 'full', connection, zone)
  if (operation.operation !== 'action') return
  const { provider } = await findConnection(call, me, connection)
  const { actions } = providerOf(provider).about.capabilities
  const field = actions.find(({ id }) => id === operation.action)?.makes
  const value = field === undefined ? undefined : operation.values[field]
  if (field === undefined || typeof value !== 'string') return
  const made = parseMade(value, `/operation/values/${field}`)
  if (!reaches(rightOn(me, connection, made), 'full')) {
    throw forbidden(`It makes the zone ${made}, and needs the right “full” there, too.`)
  }
}

function parseMade(text: string, pointer: string): string {
  try {
    return parseZoneName(text)
  } catch (error) {
    if (error instanceof NameError) throw invalid([{ pointer, detail: error.message }])
    throw error
  }
}
