import { makeApp } from '../src/app.ts'
import { describeApi } from '../src/http/api-description.ts'

/** `worker/openapi.json`, from the app as it is. */
export function apiDescription(): string {
  const app = makeApp({ now: () => 0, fetch: () => Promise.reject(new Error('Nothing is fetched for a description.')) })
  return `${JSON.stringify(describeApi(app), null, 2)}\n`
}
