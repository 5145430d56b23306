import type { Me } from '@zonedeck/shared/session'
import type { AppContext } from './context.ts'

/** Who the session cookie stands for, or null. */
export async function readMe(_c: AppContext): Promise<Me | null> {
  return null
}
