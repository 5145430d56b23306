import type { Env } from '../../env.ts'
import { limitedNetwork } from '../../http/client.ts'
import type { AppContext } from '../../http/context.ts'
import { digest } from '../../http/ids.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { waitInWords } from '../../http/wait-words.ts'

const passkey = ', or use a passkey'

/** The limiter of an account. The name is anyone's text, of any length: its digest is not. */
export function accountLimiter(env: Env, nameKey: string) {
  return env.LIMITER.getByName(`account ${digest(nameKey)}`)
}

/** Takes an attempt of the network the request comes from; the answer gives it back when the attempt was right. */
export async function takeFromNetwork(c: AppContext, otherwise = passkey): Promise<() => Promise<void>> {
  const limiter = c.env.LIMITER.getByName(`network ${limitedNetwork(c.req.raw)}`)
  waitIfNeeded(await limiter.take(c.get('call').now()), otherwise)
  return () => limiter.giveBack()
}

/** Throws 429 when there are seconds to wait. `otherwise`: what can be done instead. */
export function waitIfNeeded(seconds: number, otherwise = passkey): void {
  if (seconds === 0) return
  throw new ProblemError(429, 'auth/too-many-attempts', 'Too many attempts', {
    detail: `Try again in ${waitInWords(seconds)}${otherwise}.`,
    retryAfter: seconds,
  })
}

/** Mixed into every password; without it no password can be set or checked. */
export function pepperOf(env: Env): string {
  if (env.PEPPER !== undefined && env.PEPPER.length >= 16) return env.PEPPER
  throw new ProblemError(503, 'config/pepper-missing', 'Passwords cannot be used yet', {
    detail: 'The worker has no secret PEPPER of at least 16 characters.',
  })
}
