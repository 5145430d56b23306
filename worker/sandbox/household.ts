/** Who asks for what in the family's network, for statistics that look like those of a home. */

export interface Device {
  address: string
  /** Queries a minute, by the hour of the day (0 to 23), where it is busiest. */
  busy: number
  hours: keyof typeof DAYS
  /** It asks over TLS: a phone with private DNS. */
  encrypted?: true
  /** The first ones most often. */
  names: readonly string[]
}

/** How busy each hour of a day is, from midnight on: 0 to 9. */
const DAYS = {
  always: '777777777777777777777777',
  office: '100000357999889996533321',
  school: '000000241111115788999731',
  evening: '310000021112223345799973',
  night: '699742111111111111111124',
} as const

/** Of an hour, 0 to 1. */
export function busyAt(hours: Device['hours'], hour: number): number {
  return Number(DAYS[hours].charAt(hour)) / 9
}

const trackers = [
  'www.google-analytics.com',
  'googleads.g.doubleclick.net',
  'www.googletagmanager.com',
  'static.hotjar.com',
]
const ads = ['securepubads.g.doubleclick.net', 'ib.adnxs.com', 'static.criteo.net', 'cdn.taboola.com']
const phone = ['time.apple.com', 'gateway.icloud.com', 'mtalk.google.com', 'play.googleapis.com', 'graph.facebook.com']
const home = ['nas.home.arpa', 'photos.home.arpa', 'apps.home.arpa', 'assistant.home.arpa']
const danish = ['www.dr.dk', 'api.yr.no', 'www.mobilepay.dk', 'www.borger.dk', 'www.rejseplanen.dk']

export const household: readonly Device[] = [
  {
    ...{ address: '192.168.20.30', busy: 1.3, hours: 'office' },
    names: ['outlook.office365.com', 'teams.microsoft.com', 'www.google.com', ...danish, ...trackers, ...home],
  },
  {
    ...{ address: '192.168.20.31', busy: 1.1, hours: 'office' },
    names: ['github.com', 'api.github.com', 'registry.npmjs.org', 'www.google.com', ...home, ...danish, ...trackers],
  },
  {
    ...{ address: '192.168.20.36', busy: 0.9, hours: 'evening', encrypted: true },
    names: ['www.instagram.com', ...phone, 'open.spotify.com', ...danish, ...ads, ...trackers],
  },
  {
    ...{ address: '192.168.20.37', busy: 0.7, hours: 'evening', encrypted: true },
    names: [...phone, 'www.dr.dk', 'api.strava.com', ...trackers, ...home, 'news.ycombinator.com'],
  },
  {
    ...{ address: '192.168.20.32', busy: 1, hours: 'school' },
    names: [
      ...['www.tiktok.com', 'music.youtube.com', 'www.google.com', 'i.instagram.com', 'khanacademy.org'],
      ...['vinted.dk', 'open.spotify.com', ...ads, ...trackers],
    ],
  },
  {
    ...{ address: '192.168.20.33', busy: 0.8, hours: 'school' },
    names: ['www.google.com', 'khanacademy.org', 'docs.google.com', 'www.lectio.dk', 'www.netflix.com', ...trackers],
  },
  {
    ...{ address: '192.168.20.34', busy: 0.6, hours: 'school' },
    names: ['www.roblox.com', 'play.geforcenow.com', 'ctest.cdn.nintendo.net', 'conntest.nintendowifi.net', ...ads],
  },
  {
    ...{ address: '192.168.20.35', busy: 0.8, hours: 'school' },
    names: [
      ...['coolmathgames.com', 'www.youtube.com', 'www.google.com', 'kids-club.example', 'frame.imgur.com'],
      ...['get.free-robux.example', 'www.poki.com', 'duckduckgo.com', ...ads, ...phone],
    ],
  },
  {
    ...{ address: '192.168.20.40', busy: 1.2, hours: 'evening' },
    names: ['api-global.netflix.com', 'www.dr.dk', 'tv.youtube.com', 'ichnaea.netflix.com', ...ads],
  },
  {
    ...{ address: '192.168.20.10', busy: 0.3, hours: 'night' },
    names: ['pkgupdate.synology.com', 's3.eu-north-1.amazonaws.com', 'checkip.synology.com', 'dns.home.arpa'],
  },
  {
    ...{ address: '192.168.20.12', busy: 0.45, hours: 'always' },
    names: ['mqtt.home.arpa', 'api.yr.no', 'updates.home-assistant.io', 'pool.ntp.org'],
  },
  {
    ...{ address: '192.168.20.15', busy: 0.5, hours: 'always' },
    names: ['telemetry.laser-works.example', 'pool.ntp.org'],
  },
  {
    ...{ address: '192.168.30.21', busy: 0.3, hours: 'always' },
    names: ['device-metrics.smart-plugs.example', 'mqtt.home.arpa', 'pool.ntp.org'],
  },
  {
    ...{ address: '192.168.30.22', busy: 0.25, hours: 'always' },
    names: ['bridge.lights.example', 'time.cloudflare.com', 'pool.ntp.org'],
  },
]
