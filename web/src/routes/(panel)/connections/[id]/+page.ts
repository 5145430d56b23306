import { connectionOf } from './connection-of.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, parent }) => connectionOf(params.id, await parent())
