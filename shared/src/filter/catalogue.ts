import type { AppService } from './app-config.ts'
import { lists } from './catalogue/lists.ts'
import { services } from './catalogue/services.ts'
import { fold } from './dotnet/text.ts'

/** A service as a profile can block it. */
export interface CatalogueService {
  id: string
  name: string
  domains: readonly string[]
  /** Of the configuration; such a one replaces a built-in one of the same id. */
  isCustom: boolean
}

/** To be shown wherever the catalogue is. */
export const catalogueNotice =
  'Services and lists from the Content Filter app by Corey Leavitt, Apache License 2.0, changed in form.'

/** Lists to offer for the registry. */
export const listCatalogue = lists

const builtIn: readonly CatalogueService[] = Object.entries(services).map(([id, [name, domains]]) => ({
  id,
  name,
  domains: domains.split(' '),
  isCustom: false,
}))

/** All services by their folded id: the built-in ones, and over them those of the configuration. Ids have no case. */
export function servicesById(custom: ReadonlyMap<string, AppService>): Map<string, CatalogueService> {
  const byId = new Map(builtIn.map((service) => [fold(service.id), service]))
  for (const [id, { name, domains }] of custom) {
    byId.set(fold(id), { id, name: name || id, domains, isCustom: true })
  }
  return byId
}
