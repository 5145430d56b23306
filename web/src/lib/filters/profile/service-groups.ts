import type { CatalogueService } from '@zonedeck/shared/filter/catalogue'
import { fold } from '@zonedeck/shared/filter/dotnet/text'

/** Kinds of the built-in services, by id. The app itself has none. */
const GROUPS: Readonly<Record<string, string>> = {
  Social: 'facebook instagram snapchat twitter reddit linkedin pinterest tumblr bluesky mastodon 9gag 4chan',
  Video:
    'youtube tiktok twitch netflix disneyplus hulu hbomax primevideo crunchyroll plex vimeo dailymotion peacock paramountplus bilibili kickstreaming',
  Music: 'spotify applemusic soundcloud deezer tidal',
  Chat: 'whatsapp discord telegram signal wechat slack teams skype zoom',
  Games: 'steam epicgames roblox minecraft xbox playstation nintendo ea riot ubisoft activision gog',
  'AI assistants': 'chatgpt gemini copilot claude perplexity',
  Shopping: 'amazon ebay temu shein aliexpress',
  Dating: 'tinder bumble',
  'Adults only': 'porn onlyfans gambling',
  Files: 'dropbox imgur creality-cloud',
}
const groupById = new Map(
  Object.entries(GROUPS).flatMap(([group, ids]) => ids.split(' ').map((id) => [fold(id), group] as const)),
)
const OWN = 'Own services'
const OTHER = 'Other'

/** In the order they are shown; those of the configuration come first. */
export const serviceGroups: readonly string[] = [OWN, ...Object.keys(GROUPS), OTHER]

export function groupOf({ id, isCustom }: Pick<CatalogueService, 'id' | 'isCustom'>): string {
  return isCustom ? OWN : (groupById.get(fold(id)) ?? OTHER)
}
