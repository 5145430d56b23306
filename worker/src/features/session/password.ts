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

export async function signInByPassword(c: AppContext, input: SignIn): Promise<Me> {
  const person = await checkPassword(c, 'sign-in', input.name, input.password)
  if (person === null) throw wrongCredentials()
  return beginSession(c, person, 'password', input.remember)
}

/**
 * The id of the person whose password this is, or null: the same steps and time whether or not there is a person of this
 * name, with or without a password. Counts as an attempt of the account and of the network; throws 429 past the limits.
 */
export async function checkPassword(
  c: AppContext,
  event: 'sign-in' | 'confirm',
  name: string,
  password: string,
): Promise<string | null> {
  const { env, now, requestId } = c.get('call')
  const pepper = pepperOf(env)
  const right = await takeFromNetwork(c)
  const account = accountLimiter(env, nameKey(name))
  waitIfNeeded(await account.take(now()))
  const person = await personByName(env.DB, name)
  const verdict = await account.verify(password, person?.password ?? null, pepper)
  if (!verdict.ok || person?.password == null) {
    log({ event, requestId, ok: false, by: 'password', network: coarseNetwork(c.req.raw) })
    return null
  }
  await Promise.all([right(), account.clear()])
  if (verdict.rehash !== undefined) await replaceHash(env.DB, person.id, person.password, verdict.rehash)
  return person.id
}
