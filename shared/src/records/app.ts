import { defineType } from './define.ts'
import { textOnly } from './fields/text-only.ts'

export const app = defineType({
  type: 'APP',
  label: 'App',
  help: 'Technitium: an app on the server makes the answer.',
  fields: [
    { id: 'appName', label: 'App', kind: 'text', placeholder: 'Split Horizon' },
    { id: 'classPath', label: 'Class path', kind: 'text', placeholder: 'SplitHorizon.SimpleAddress' },
    {
      id: 'data',
      label: 'Record data',
      kind: 'data',
      help: 'What the app wants to know, mostly JSON.',
      optional: true,
      initial: '',
    },
  ],
  wire: textOnly,
})
