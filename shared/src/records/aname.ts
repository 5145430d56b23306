import { defineType } from './define.ts'
import { quickHost } from './fields/quick.ts'

export const aname = defineType({
  type: 'ANAME',
  label: 'Alias at the apex',
  help: 'The server looks up the addresses of another name and answers with them. Works where a CNAME cannot stand, such as at the apex.',
  fields: [{ id: 'target', label: 'Target', kind: 'host', placeholder: 'lb.example.net.' }],
  quick: quickHost(0),
})
