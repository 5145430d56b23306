/** Entries as a list names them: by host name, and by address where several share one, as all that has no name of its own may. */
export function labelled<E extends { name: string; host: string | null }>(
  entries: readonly E[],
): (E & { label: string })[] {
  const times = new Map<string, number>()
  for (const { host } of entries)
    if (host !== null) times.set(host.toLowerCase(), (times.get(host.toLowerCase()) ?? 0) + 1)
  return entries.map((entry) => {
    const { name, host } = entry
    return { ...entry, label: host === null || times.get(host.toLowerCase()) !== 1 ? name : host }
  })
}
