import { defineType } from './define.ts'
import { quickService, serviceFields } from './fields/service.ts'

export const https = defineType({
  type: 'HTTPS',
  label: 'HTTPS service',
  help: 'How browsers reach the site: protocols, port and addresses, before they connect (RFC 9460).',
  fields: serviceFields,
  quick: quickService,
})
