import { ProviderError } from '../provider-error.ts'
import { AnswerError, type Call } from './call.ts'
import { readOne } from './read.ts'
import { userSchema } from './wire.ts'

/** The account of the key. Throws as `call` does, in the words that fit the first call of all. */
export async function whoAmI(call: Call) {
  const answer = await call({ method: 'GET', path: '/user', answer: 'objects' }).catch((error: unknown) => {
    if (!(error instanceof AnswerError)) throw error
    if (error.status === 404) throw new ProviderError('missing', 'There is no CustomDNS API at this address.')
    if (error.status === 403) throw new ProviderError('auth', 'CustomDNS does not accept this API key.')
    if (error.status !== 500) throw error
    throw new ProviderError(
      'auth',
      'The server failed (500). CustomDNS answers so to an API key that it does not accept, and when it is broken itself.',
    )
  })
  const user = readOne(answer, 'user', userSchema)
  if (user) return user
  throw new ProviderError('protocol', 'The server did not say whose API key this is. Is this the address of its API?')
}

/**
 * Whether an account is a ROOT account, which no answer says. Looking at accounts by name is for ROOT accounts only, and
 * changes nothing: first one's own, then `root`, the name that JPowerAdmin keeps for the first of them. Where there is no
 * such account a ROOT account is told so, and any other that it may not look.
 */
export async function isRoot(call: Call, userName: string): Promise<boolean> {
  const statusOf = async (name: string) => {
    try {
      return (await call({ method: 'GET', path: `/user/${encodeURIComponent(name)}`, answer: 'objects' })).status
    } catch (error) {
      if (error instanceof AnswerError) return error.status
      throw error
    }
  }
  if ((await statusOf(userName)) !== 200) return false
  return userName === 'root' || [200, 404].includes(await statusOf('root'))
}
