import { defineType } from './define.ts'
import { quickHost } from './fields/quick.ts'

export const dname = defineType({
  type: 'DNAME',
  label: 'Alias of a subtree',
  help: 'Everything below this name is found below another name instead.',
  fields: [{ id: 'target', label: 'Target', kind: 'host', placeholder: 'example.net.' }],
  quick: quickHost(0),
})
