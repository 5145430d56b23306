interface Arguments {
  param?: Record<string, string>
  query?: Record<string, string | undefined>
  json?: unknown
}

type Send = (url: string, init: RequestInit) => Promise<Response>

/**
 * What `hc` of hono makes of an API's type, as far as the panel uses it: `client.zones[':zone'].$get({ param })` asks for
 * `/zones/<zone>`. hono's own carries forms, cookies and sockets to every page, and a phone would load them first.
 * Values of `param` are put in as they are: encode what may hold a slash.
 */
export function makeClient(path: string, send: Send): unknown {
  return new Proxy(
    {},
    {
      get(_, key) {
        if (typeof key !== 'string') return undefined
        if (!key.startsWith('$')) return makeClient(`${path}/${key}`, send)
        return ({ param = {}, query = {}, json }: Arguments = {}, options: { init?: RequestInit } = {}) => {
          const filled = path.replace(/:(\w+)/g, (whole, name: string) => param[name] ?? whole)
          const asked = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
          const search = asked.length > 0 ? `?${new URLSearchParams(asked).toString()}` : ''
          return send(filled + search, {
            method: key.slice(1).toUpperCase(),
            cache: 'no-store',
            ...(json === undefined
              ? {}
              : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }),
            ...options.init,
          })
        }
      },
    },
  )
}
