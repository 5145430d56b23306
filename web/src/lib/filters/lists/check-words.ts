import type { ListCheck } from '@zonedeck/shared/content-filter'

/** `312 KiB`, `4.1 MiB`. */
function size(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`
  const kib = bytes / 1024
  return kib < 1024 ? `${String(Math.round(kib))} KiB` : `${(kib / 1024).toFixed(1)} MiB`
}

/** What is known of a list that is there, in one line. */
export function checkWords({ entries, bytes, modifiedAt }: ListCheck, type: 'domain' | 'regex'): string {
  const what = type === 'regex' ? 'pattern' : 'name'
  const date = (moment: string) =>
    new Date(moment).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
  return [
    ...(entries === undefined ? [] : [`${entries.toLocaleString('en-GB')} ${what}${entries === 1 ? '' : 's'}`]),
    ...(bytes === undefined ? [] : [size(bytes)]),
    ...(modifiedAt === undefined ? [] : [`changed ${date(modifiedAt)}`]),
  ].join(' · ')
}
