import { api, call } from '#lib/api.ts'
import type { QueryLogPage } from '@zonedeck/shared/statistics'

/** @param query as `pageQuery` and `tailQuery` make it */
export function readQueryLog(connection: string, query: Record<string, string>): Promise<QueryLogPage> {
  return call(api.connections[':connection']['query-log'].$get({ param: { connection }, query }))
}
