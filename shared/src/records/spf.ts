import { defineText } from './txt.ts'

export const spf = defineText(
  'SPF',
  'SPF (obsolete)',
  'A type that is no longer used (RFC 7208 §3.1): mail servers read the TXT record.',
)
