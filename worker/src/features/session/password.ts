import type { Me } from '@zonedeck/shared/session'
import { coarseNetwork } from '../../http/client.ts'
import type { AppContext } from '../../http/context.ts'
import { log } from '../../http/log.ts'
import { accountLimiter, pepperOf, takeFromNetwork, waitIfNeeded } from '../access/attempts.ts'
import { nameKey, personByName, replaceHash } from '../access/people.ts'
import { beginSession, wrongCredentials } from './begin.ts'

interface SignIn {
  name: string
  password: string
  remember?: boolean | undefined
}

/** The same steps, time and answer whether or not there is a person of this name, with or without a password. */
export async function signInByPassword(c: AppContext, input: SignIn): Promise<Me> {
  const { env, now, requestId } = c.get('call')
  const pepper = pepperOf(env)
  const right = await takeFromNetwork(c)
  const account = accountLimiter(env, nameKey(input.name))
  waitIfNeeded(await account.take(now()))
  const person = await personByName(env.DB, input.name)
  const verdict = await account.verify(input.password, person?.password ?? null, pepper)
  if (!verdict.ok || person?.password == null) {
    log({ event: 'sign-in', requestId, ok: false, by: 'password', network: coarseNetwork(c.req.raw) })
    throw wrongCredentials()
  }
  await Promise.all([right(), account.clear()])
  if (verdict.rehash !== undefined) await replaceHash(env.DB, person.id, person.password, verdict.rehash)
  return beginSession(c, person.id, 'password', input.remember)
}
