import { defineType } from './define.ts'
import { quickService, serviceFields } from './fields/service.ts'

export const svcb = defineType({
  type: 'SVCB',
  label: 'Service binding',
  help: 'How to reach a service: host, port, protocols and addresses (RFC 9460).',
  fields: serviceFields,
  quick: quickService,
})
