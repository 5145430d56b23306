import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Me } from '@zonedeck/shared/session'
import type { AppContext } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'

interface Applicant {
  token: string
  name: string
}

export async function isSetUp(_db: D1Database): Promise<boolean> {
  return false
}

export async function setUpByPassword(_c: AppContext, _input: Applicant & { password: string }): Promise<Me> {
  throw notFound()
}

export async function passkeyOptions(
  _c: AppContext,
  _input: Applicant,
): Promise<{ ceremony: string; options: PublicKeyCredentialCreationOptionsJSON }> {
  throw notFound()
}

export async function setUpByPasskey(
  _c: AppContext,
  _input: Applicant & { ceremony: string; response: RegistrationResponseJSON },
): Promise<Me> {
  throw notFound()
}
