import { about as contentFilterAbout } from './content-filter/about.ts'
import { filter as contentFilter } from './content-filter/filter.ts'
import { about as customdnsAbout } from './customdns/about.ts'
import { dns as customdnsDns } from './customdns/dns.ts'
import { users as customdnsUsers } from './customdns/users.ts'
import { about as powerdnsAbout } from './powerdns/about.ts'
import { dns as powerdnsDns } from './powerdns/dns.ts'
import { stats as powerdnsStats } from './powerdns/stats.ts'
import type { ProviderModule } from './provider.ts'
import { about as technitiumAbout } from './technitium/about.ts'
import { dns as technitiumDns } from './technitium/dns.ts'
import { filter as technitiumFilter } from './technitium/filter.ts'
import { signIn as technitiumSignIn } from './technitium/sign-in.ts'
import { stats as technitiumStats } from './technitium/stats.ts'
import { about as thalassaAbout } from './thalassa/about.ts'
import { dns as thalassaDns } from './thalassa/dns.ts'
import { about as vpsOrgAbout } from './vps-org/about.ts'
import { dns as vpsOrgDns } from './vps-org/dns.ts'

/** Every provider by its id, which is also the name of its folder. */
export const providers: Readonly<Record<string, ProviderModule>> = {
  'content-filter': { about: contentFilterAbout, filter: contentFilter },
  customdns: { about: customdnsAbout, dns: customdnsDns, users: customdnsUsers },
  powerdns: { about: powerdnsAbout, dns: powerdnsDns, stats: powerdnsStats },
  technitium: {
    about: technitiumAbout,
    dns: technitiumDns,
    filter: technitiumFilter,
    signIn: technitiumSignIn,
    stats: technitiumStats,
  },
  thalassa: { about: thalassaAbout, dns: thalassaDns },
  'vps-org': { about: vpsOrgAbout, dns: vpsOrgDns },
}
