import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { Me } from '@zonedeck/shared/session'
import type { AppContext } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'

export async function passkeyOptions(
  _c: AppContext,
): Promise<{ ceremony: string; options: PublicKeyCredentialRequestOptionsJSON }> {
  throw notFound()
}

export async function signInByPasskey(
  _c: AppContext,
  _input: { ceremony: string; response: AuthenticationResponseJSON; remember?: boolean | undefined },
): Promise<Me> {
  throw notFound()
}
