import { parseJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import type { ProviderContext } from '../provider.ts'
import { parse, type Params } from './call.ts'
import { envelope, madeToken, session, type Envelope } from './wire.ts'

const LOGIN = '/api/user/login'
const CREATE_TOKEN = '/api/user/createToken'
const LOGOUT = '/api/user/logout'
const TOKEN_NAME = 'Zonedeck'
/** Seconds that the server shuts an address out after five failures. */
const SHUT_OUT = 300

/**
 * Signs in with a name, a password and, for users with a second factor, its code; makes an API token and ends the session.
 * Only the token is kept. The password is tried once and never again when it fails: the server counts failures, and shuts
 * out everyone who comes from the same address.
 */
export async function signIn(context: ProviderContext): Promise<Record<string, string>> {
  const { user = '', password = '', totp = '', token: given = '', ...kept } = context.credentials
  if (given !== '') throw wrong('user', 'Give a token, or a name and a password, not both.')
  if (user.trim() === '') throw wrong('user', 'Give the name that the password belongs to.')
  if (password === '') throw wrong('password', 'Give the password.')
  const code = totp.replace(/\s/g, '')
  if (code !== '' && !/^\d{6}$/.test(code)) throw wrong('totp', 'The code has six digits.')

  const secrets = { user: user.trim(), pass: password, ...(code === '' ? {} : { totp: code }) }
  const { token: login, info } = parse(await send(context, LOGIN, { ...secrets, includeInfo: 'true' }), session, LOGIN)
  try {
    // Before version 15 the call signs in for itself: a session is not enough.
    const by = Number.parseInt(info.version, 10) >= 15 ? { token: login } : secrets
    const { token } = parse(
      await send(context, CREATE_TOKEN, { ...by, tokenName: TOKEN_NAME }),
      madeToken,
      CREATE_TOKEN,
    )
    return { ...kept, token }
  } finally {
    // A session that cannot be ended now ends by itself, after half an hour.
    await send(context, LOGOUT, { token: login }).catch(() => null)
  }
}

async function send({ upstream }: ProviderContext, path: string, form: Params): Promise<Envelope> {
  const answer = await upstream({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
  })
  const said = envelope.safeParse(answer.contentType === 'application/json' ? parseJson(answer.text) : null)
  if (!said.success) {
    throw new ProviderError(
      'protocol',
      'The server did not answer as a Technitium DNS Server does. Is the address right?',
    )
  }
  const { status, errorMessage = '' } = said.data
  if (status === 'ok') return said.data
  if (status === '2fa-required') {
    throw wrong('totp', 'This user has a second factor: enter its six-digit code, too.')
  }
  throw refusal(errorMessage)
}

function wrong(field: string, message: string): ProviderError {
  return new ProviderError('auth', message, { field })
}

/** The server has no error codes: what went wrong is in the words. */
function refusal(message: string): ProviderError {
  if (/max limit of \d+ attempts/i.test(message)) {
    return new ProviderError(
      'rate-limited',
      'After too many failures the server lets nobody from here in for five minutes.',
      { retryAfter: SHUT_OUT },
    )
  }
  if (/one-time password|totp/i.test(message)) {
    return wrong('totp', 'The server does not accept this code. Enter the next one.')
  }
  if (/invalid username or password/i.test(message)) {
    return wrong('password', 'The server does not accept this name and password.')
  }
  return wrong('user', `The server says: ${message.slice(0, 300)}`)
}
