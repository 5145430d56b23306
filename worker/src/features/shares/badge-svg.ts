import type { ShareBadge } from '@zonedeck/shared/share'

const words: Record<ShareBadge['range']['kind'], string> = {
  hour: 'blocked this hour',
  day: 'blocked today',
  week: 'blocked this week',
  month: 'blocked this month',
  year: 'blocked this year',
  custom: 'blocked',
}

/** Widths are set by `textLength`, so that no font need be known: about 6.6 px a letter at 11 px. */
const letter = 6.6
const pad = 8

/** A flat badge of two fields. Only numbers and our own words are in it. Contrast 7:1 and more on both fields. */
export function badgeSvg({ range, blockedPercent }: Pick<ShareBadge, 'range' | 'blockedPercent'>): string {
  const label = words[range.kind]
  const value = blockedPercent === null ? 'not known' : `${blockedPercent.toFixed(1)} %`
  const [left, right] = [label, value].map((text) => Math.round(text.length * letter))
  if (left === undefined || right === undefined) return ''
  const width = left + right + 4 * pad
  const text = (content: string, x: number, length: number) =>
    `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${content}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${label}: ${value}">`,
    `<title>${label}: ${value}</title>`,
    `<rect width="${width}" height="20" rx="4" fill="#1d4ed8"/>`,
    `<path d="M4 0h${left + 2 * pad - 4}v20H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z" fill="#24292f"/>`,
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">',
    text(label, pad, left),
    text(value, left + 3 * pad, right),
    '</g></svg>',
  ].join('')
}
