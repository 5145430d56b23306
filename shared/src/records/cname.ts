import { defineType } from './define.ts'
import { quickHost } from './fields/quick.ts'

export const cname = defineType({
  type: 'CNAME',
  label: 'Alias',
  help: 'This name is another name for a host, with all of its records. Nothing else can stand beside it.',
  fields: [{ id: 'target', label: 'Target', kind: 'host', placeholder: 'www.example.com.' }],
  quick: quickHost(0),
})
