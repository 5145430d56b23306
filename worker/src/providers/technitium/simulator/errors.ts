/** What the server reports as `status: error`, with HTTP status 200. */
export class ServerError extends Error {
  /** The server's second text, from the exception inside of the exception. */
  readonly inner: string | undefined

  constructor(message: string, inner?: string) {
    super(message)
    this.name = 'ServerError'
    this.inner = inner
  }
}

/** What the server reports as `status: invalid-token`. */
export class InvalidToken extends Error {
  constructor() {
    super('Invalid token or session expired.')
    this.name = 'InvalidToken'
  }
}

/** What the server reports as `status: 2fa-required`: the password was right. */
export class SecondFactorRequired extends Error {
  constructor(username: string) {
    super(`A time-based one-time password (TOTP) is required for user: ${username}`)
    this.name = 'SecondFactorRequired'
  }
}

export function accessDenied(): ServerError {
  return new ServerError('Access was denied.')
}
