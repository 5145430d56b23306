import type { Support } from '@zonedeck/shared/capabilities'
import { isRefusal } from '@zonedeck/shared/refusals'
import { ProblemError } from '../../http/problem-error.ts'

/** What the provider has, or 422 with its reason why it has none. `otherwise` is the title of that problem. */
export function offered<T>(part: T | undefined, support: Support, otherwise = 'This server cannot do it'): T {
  if (part !== undefined && support === true) return part
  throw new ProblemError(422, 'provider/unsupported', otherwise, {
    detail: isRefusal(support) ? support.reason : 'This server offers no way to do it.',
  })
}
