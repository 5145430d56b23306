import { makeApp } from './app.ts'

export { FilterPauses } from './objects/filter-pauses.ts'
export { Limiter } from './objects/limiter.ts'
export { Sampler } from './objects/sampler.ts'
export { StatsCache } from './objects/stats-cache.ts'
export { ListReader } from './objects/list-reader.ts'
export { ZoneWriter } from './objects/zone-writer.ts'

// eslint-disable-next-line no-restricted-globals -- the one that is handed to everything else
export default makeApp({ now: Date.now, fetch: (request) => fetch(request) })
