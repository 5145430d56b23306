import type { Me } from '@zonedeck/shared/session'
import type { AppContext } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'

interface SignIn {
  name: string
  password: string
  remember?: boolean | undefined
}

export async function signInByPassword(_c: AppContext, _input: SignIn): Promise<Me> {
  throw notFound()
}
