import { makeApp } from './app.ts'

export { Limiter } from './objects/limiter.ts'
export { ZoneWriter } from './objects/zone-writer.ts'

export default makeApp({ now: Date.now, fetch: (request) => fetch(request) })
