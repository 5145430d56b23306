import { about as powerdnsAbout } from './powerdns/about.ts'
import { dns as powerdnsDns } from './powerdns/dns.ts'
import type { ProviderModule } from './provider.ts'

/** Every provider by its id, which is also the name of its folder. */
export const providers: Readonly<Record<string, ProviderModule>> = {
  powerdns: { about: powerdnsAbout, dns: powerdnsDns },
}
