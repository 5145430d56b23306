/** The cookies of one Web UI, held as long as the worker lives. */
export type Cookies = Map<string, string>

/** A server that sends more has lost its mind. */
const most = 20
const longest = 8000

/** Takes over what an answer sets; an empty or outdated cookie goes. */
export function takeCookies(cookies: Cookies, headers: Headers): void {
  for (const line of headers.getSetCookie()) {
    const [pair = '', ...attributes] = line.split(';')
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    const value = pair.slice(at + 1).trim()
    if (at < 1 || line.length > longest || !/^[\x21-\x7e]*$/.test(name + value)) continue
    const over = attributes.some((attribute) => /^\s*max-age\s*=\s*(0|-\d+)\s*$/i.test(attribute))
    if (value === '' || over) cookies.delete(name)
    else if (cookies.has(name) || cookies.size < most) cookies.set(name, value)
  }
}

export function cookieHeader(cookies: Cookies): Record<string, string> {
  return cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
}
