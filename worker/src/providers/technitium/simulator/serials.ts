/** The next serial of a zone. A wanted serial is taken when it is higher; dates count as `yyyymmddnn`. */
export function nextSerial(old: number, wanted: number, dates: boolean, now: number): number {
  if (dates) {
    const today = Number(new Date(now).toISOString().slice(0, 10).replaceAll('-', ''))
    const text = String(old)
    if (text.length !== 10) return today * 100
    const oldDay = Number(text.slice(0, 8))
    const count = Number(text.slice(8))
    if (oldDay === today) return today * 100 + (count < 99 ? count + 1 : 100)
    if (today > oldDay) return today * 100
  }
  if (wanted > old) return wanted
  return old < 4_294_967_295 ? old + 1 : 1
}
