import type { ShareInput, SharePolicy, SharePreviewInput, ShareTile } from '@zonedeck/shared/share'
import type { StatsRange } from '@zonedeck/shared/statistics'
import { localInput } from '../statistics/view.ts'
import { between, frozen, wrongTimes } from './share-range.ts'
import { tileWords } from './share-words.ts'

/** Lists tell the most of people: they are added, not taken away. */
const usualTiles: ShareTile[] = ['totals', 'series', 'blocked-domains', 'types']

/** What is being chosen for a link, as its fields hold it. */
export class ShareDraft {
  title: string = $state('DNS statistics')
  note: string = $state('')
  connections: readonly string[] = $state.raw([])
  tiles: readonly ShareTile[] = $state.raw(usualTiles)
  kind: StatsRange['kind'] = $state('day')
  /** Of `custom`, as fields of type `datetime-local` hold them. */
  from: string = $state('')
  to: string = $state('')
  clients: SharePolicy['clients'] = $state('hidden')
  domains: SharePolicy['domains'] = $state('common')
  atLeast: string = $state('5')
  days: string = $state('7')
  passcode: string = $state('')
  views: string = $state('')
  badge: boolean = $state(false)

  /** It has lists of names. */
  readonly lists: boolean = $derived(this.tiles.includes('domains') || this.tiles.includes('blocked-domains'))
  /** Their names are shown by how many clients asked for them. */
  readonly common: boolean = $derived(this.lists && this.domains === 'common')

  /** By the pointer of a field: what is wrong with it and what would be right. */
  readonly wrong: Record<string, string> = $derived.by(() => ({
    ...(this.title.trim() === '' && { '/title': 'Give the page a title.' }),
    ...(this.connections.length === 0 && { '/connections': 'Choose at least one server.' }),
    ...(this.tiles.length === 0 && { '/tiles': 'Choose at least one part to show.' }),
    ...(this.kind === 'custom' && wrongTimes(this.from, this.to)),
    ...(this.common && !isWhole(this.atLeast, 2) && { '/policy/atLeast': 'A whole number from 2 on.' }),
    ...(!isWhole(this.days, 1) && { '/days': 'A whole number of days, from 1 to 90.' }),
    ...(this.views !== '' && !isWhole(this.views, 1) && { '/views': 'A whole number from 1 on, or nothing.' }),
  }))

  /** `asked`: a range and connections from the address, of which those in `choices` are taken. */
  constructor(choices: readonly string[], asked: { connections: readonly string[]; range: StatsRange }) {
    const named = asked.connections.filter((id) => choices.includes(id))
    this.connections = named.length > 0 ? named : choices.slice(0, 1)
    this.kind = asked.range.kind
    if (asked.range.kind !== 'custom') return
    this.from = localInput(asked.range.from)
    this.to = localInput(asked.range.to)
  }

  /** Between two times: at first those that the range before stands for now. */
  choose(kind: StatsRange['kind']): void {
    if (kind === 'custom' && this.kind !== 'custom' && this.from === '') {
      const { from, to } = frozen(this.kind)
      this.from = localInput(from)
      this.to = localInput(to)
    }
    this.kind = kind
  }

  /** In the order of `all`, which is that of the page. */
  server(id: string, on: boolean, all: readonly string[]): void {
    this.connections = all.filter((one) => (one === id ? on : this.connections.includes(one)))
  }

  tile(tile: ShareTile, on: boolean): void {
    const all = Object.keys(tileWords) as ShareTile[]
    this.tiles = all.filter((one) => (one === tile ? on : this.tiles.includes(one)))
  }

  /** What a preview needs; null while something of it is wrong. */
  content(): SharePreviewInput | null {
    const unready = Object.keys(this.wrong).some((pointer) => pointer !== '/days' && pointer !== '/views')
    if (unready) return null
    const note = this.note.trim()
    return {
      title: this.title.trim(),
      ...(note !== '' && { note }),
      connections: [...this.connections],
      tiles: [...this.tiles],
      range: this.kind === 'custom' ? between(this.from, this.to) : { kind: this.kind },
      policy: {
        clients: this.clients,
        domains: this.domains,
        atLeast: this.common ? Number(this.atLeast) : 5,
      },
    }
  }

  input(): ShareInput | null {
    const content = this.content()
    if (content === null || Object.keys(this.wrong).length > 0) return null
    return {
      ...content,
      days: Number(this.days),
      ...(this.passcode !== '' && { passcode: this.passcode }),
      ...(this.views !== '' && { views: Number(this.views) }),
      ...(this.badge && { badge: true }),
    }
  }
}

function isWhole(text: string, least: number): boolean {
  return /^\d{1,6}$/.test(text.trim()) && Number(text) >= least
}
