import { displayName } from './names-display.ts'

/** A piece of text as it is shown. */
interface VisiblePart {
  /** What to show: the text itself, or for a token its short name (`RLO`, `U+FFF9`). */
  text: string
  kind: 'text' | 'token' | 'confusable'
  /** In words, for a title: what the token is, or what the letter passes for. */
  name?: string
}

/** Characters that cannot be seen, move others or pass for a plain space; the plain space itself is none. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u

/** Short and long names of the hidden characters one meets. */
const NAMES: Record<string, string> = {
  '9': 'TAB tabulator',
  a: 'LF line break',
  d: 'CR carriage return',
  a0: 'NBSP no-break space',
  ad: 'SHY soft hyphen',
  '34f': 'CGJ combining grapheme joiner',
  '61c': 'ALM Arabic letter mark: sets the reading direction',
  '115f': 'HCF Hangul filler: an empty letter',
  '1160': 'HJF Hangul filler: an empty letter',
  '180e': 'MVS Mongolian vowel separator',
  '200b': 'ZWSP zero-width space',
  '200c': 'ZWNJ zero-width non-joiner',
  '200d': 'ZWJ zero-width joiner',
  '200e': 'LRM left-to-right mark',
  '200f': 'RLM right-to-left mark',
  '2028': 'LS line separator',
  '2029': 'PS paragraph separator',
  '202a': 'LRE left-to-right embedding: turns the reading direction',
  '202b': 'RLE right-to-left embedding: turns the reading direction',
  '202c': 'PDF end of a turned reading direction',
  '202d': 'LRO left-to-right override: turns the reading direction',
  '202e': 'RLO right-to-left override: turns the reading direction',
  '202f': 'NNBSP narrow no-break space',
  '2060': 'WJ word joiner',
  '2066': 'LRI left-to-right isolate: turns the reading direction',
  '2067': 'RLI right-to-left isolate: turns the reading direction',
  '2068': 'FSI first strong isolate: turns the reading direction',
  '2069': 'PDI end of a turned reading direction',
  '3000': 'IDSP ideographic space',
  '3164': 'HF Hangul filler: an empty letter',
  feff: 'BOM zero-width no-break space',
}

function token(character: string): VisiblePart {
  const hex = character.codePointAt(0)!.toString(16)
  const number = `U+${hex.toUpperCase().padStart(4, '0')}`
  const known = NAMES[hex]
  if (known === undefined) return { text: number, kind: 'token', name: `${number}, a character that cannot be seen` }
  const space = known.indexOf(' ')
  return { text: known.slice(0, space), kind: 'token', name: `${known.slice(space + 1)} (${number})` }
}

/** Letters of other scripts, and odd Latin ones, that look like Latin ones: each followed by what it passes for. */
const LOOKS = new Map(
  [
    'аaсcԁdеeһhіiјjӏlԛqоoрpѕsԝwхxуyүyԍgьbпnтtкkмmнhгrвbАAВBЕEКKМMНHОOРPСCТTХXУYІIЈJЅS',
    'αaοoνvρpιiυuγyτtκkεeηnωwχxϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX',
    'օoսuհhոnցgյjզqԛqɡgɑaıiɩiǃlǀlʟlꞮIᎪAᏴBᏟCᎬEᏀGᎻHᎥiᎫJᏞLᎷMᏢPᏚSᎢTᏙVᏔWᏃZ',
  ]
    .flatMap((pairs) => [...pairs])
    .flatMap((letter, at, all) => (at % 2 === 0 && letter !== all[at + 1] ? [[letter, all[at + 1]!] as const] : [])),
)

const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Cherokee',
  'Hebrew',
  'Arabic',
  'Georgian',
  'Devanagari',
  'Thai',
  'Han',
  'Hiragana',
  'Katakana',
  'Bopomofo',
  'Hangul',
] as const
const scriptTests = SCRIPTS.map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const)

/** Scripts that one language writes side by side (UTS 39 §5.1): fine together, also beside Latin. */
const TOGETHER = [
  ['Han', 'Hiragana', 'Katakana'],
  ['Han', 'Bopomofo'],
  ['Han', 'Hangul'],
]

const scriptOf = (letter: string) => scriptTests.find(([, test]) => test.test(letter))?.[0] ?? 'other'

function scriptsOf(word: string): string[] {
  return [...new Set((word.match(/\p{L}/gu) ?? []).map(scriptOf))]
}

function mayMix(scripts: string[]): boolean {
  const others = scripts.filter((script) => script !== 'Latin')
  return scripts.length < 2 || TOGETHER.some((group) => others.every((script) => group.includes(script)))
}

const ascii = /^[ -~]*$/

/**
 * Splits a text so that nothing in it can deceive: hidden and direction-turning characters become named tokens, letters
 * that pass for Latin ones inside of Latin words are marked. The parts' texts are for showing, never for storing.
 */
export function visibleParts(text: string): VisiblePart[] {
  if (text === '') return []
  if (ascii.test(text)) return [{ text, kind: 'text' }]
  const parts: VisiblePart[] = []
  let before = ''
  const add = (piece: string) => {
    const last = parts.at(-1)
    if (last?.kind === 'text') last.text += piece
    else parts.push({ text: piece, kind: 'text' })
  }
  for (const word of text.split(/([\p{L}\p{M}\p{N}]+)/u)) {
    const mixed = !ascii.test(word) && scriptsOf(word).includes('Latin') && !ascii.test(word.replace(/[^\p{L}]/gu, ''))
    for (const character of word) {
      const like = mixed ? LOOKS.get(character) : undefined
      if (like !== undefined) {
        const name = `${scriptOf(character)} letter that looks like “${like}”`
        parts.push({ text: character, kind: 'confusable', name })
      } else if (HIDDEN.test(character) && !isEmojiPart(character, before)) parts.push(token(character))
      else add(character)
      before = character
    }
  }
  return parts
}

/** U+FE0F and the zero-width joiner belong to emoji: there they hide nothing. */
function isEmojiPart(character: string, before: string): boolean {
  return (
    (character === '\ufe0f' || character === '\u200d') &&
    /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u.test(before)
  )
}

/**
 * Why a name could be taken for another one: invisible characters, scripts mixed in one label, or a label made of nothing
 * but letters that look like Latin ones. A sentence, or null. Takes A-labels and U-labels.
 */
export function looksAlike(name: string): string | null {
  if (ascii.test(name) && !name.includes('xn--')) return null
  const labels = displayName(name).split('.')
  const top = scriptsOf(labels.findLast((label) => label !== '') ?? '')
  for (const label of labels) {
    if (ascii.test(label)) continue
    if (HIDDEN.test(label)) return 'The name has characters in it that cannot be seen.'
    const scripts = scriptsOf(label)
    if (!mayMix(scripts)) return `“${label}” mixes ${scripts.join(' and ')} letters.`
    const letters = label.match(/\p{L}/gu) ?? []
    const foreign = letters.filter((letter) => !ascii.test(letter))
    const all = foreign.length > 0 && foreign.every((letter) => LOOKS.has(letter))
    const atHome = scripts[0] !== 'Latin' && top.includes(scripts[0] ?? '')
    if (!all || atHome) continue
    const read = [...label].map((character) => LOOKS.get(character) ?? character).join('')
    return `“${label}” is not “${read}”: it is written with ${scripts.join(' and ')} letters that look the same.`
  }
  return null
}
