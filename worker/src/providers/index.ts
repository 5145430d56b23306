import type { ProviderModule } from './provider.ts'

/** Every kind of server the panel can connect to, by id. Adding one is its folder and its line here. */
export const providers: Readonly<Record<string, ProviderModule>> = {}
