import type { Env } from '../../env.ts'

export interface SandboxOffer {
  name: string
  provider: string
  url: string
  blurb: string
  credentials: Record<string, string>
}

export function sandboxOffers(_env: Env): SandboxOffer[] {
  return []
}
