/*!
 * From the Content Filter app (github.com/coreyleavitt/technitium-content-filter), Copyright 2025 Corey Leavitt,
 * Apache License 2.0 (apache.org/licenses/LICENSE-2.0). Changed: turned from JSON into TypeScript.
 */

/** Lists that the app's own pages offer. `refreshHours`: how often they are fetched. */
export const lists: readonly { url: string; name: string; refreshHours: number }[] = [
  {
    url: 'https://cdn.jsdelivr.net/gh/hagezi/dns-blocklists@latest/domains/pro.txt',
    name: 'Hagezi Pro (Ads + Tracking)',
    refreshHours: 24,
  },
  { url: 'https://big.oisd.nl/domainswild2', name: 'OISD Big (Ads + Tracking)', refreshHours: 24 },
  {
    url: 'https://cdn.jsdelivr.net/gh/hagezi/dns-blocklists@latest/wildcard/tif.medium-onlydomains.txt',
    name: 'Hagezi Threat Intelligence (Malware + Phishing)',
    refreshHours: 12,
  },
  {
    url: 'https://raw.githubusercontent.com/StevenBlack/hosts/master/hosts',
    name: 'Steven Black Unified (Ads + Malware)',
    refreshHours: 24,
  },
  { url: 'https://nsfw.oisd.nl/domainswild2', name: 'OISD NSFW (Adult Content)', refreshHours: 48 },
  {
    url: 'https://cdn.jsdelivr.net/gh/hagezi/dns-blocklists@latest/wildcard/gambling.medium-onlydomains.txt',
    name: 'Hagezi Gambling',
    refreshHours: 48,
  },
  {
    url: 'https://cdn.jsdelivr.net/gh/hagezi/dns-blocklists@latest/domains/native.tiktok.txt',
    name: 'Hagezi TikTok Trackers',
    refreshHours: 48,
  },
  {
    url: 'https://cdn.jsdelivr.net/gh/hagezi/dns-blocklists@latest/wildcard/doh-vpn-proxy-bypass-onlydomains.txt',
    name: 'Hagezi DoH/VPN/Proxy Bypass Protection',
    refreshHours: 48,
  },
  {
    url: 'https://raw.githubusercontent.com/Perflyst/PiHoleBlocklist/master/SmartTV.txt',
    name: 'Perflyst Smart TV Trackers',
    refreshHours: 168,
  },
  {
    url: 'https://phishing.army/download/phishing_army_blocklist_extended.txt',
    name: 'Phishing Army Extended',
    refreshHours: 12,
  },
  {
    url: 'https://adguardteam.github.io/AdGuardSDNSFilter/Filters/filter.txt',
    name: 'AdGuard DNS Filter',
    refreshHours: 24,
  },
  { url: 'https://adaway.org/hosts.txt', name: 'AdAway Default (Mobile Ads)', refreshHours: 24 },
]
