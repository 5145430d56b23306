import { NameError, parseZoneName } from '@zonedeck/shared/names'
import * as z from 'zod'

function isCanonical(name: string): boolean {
  try {
    return parseZoneName(name) === name
  } catch (error) {
    if (error instanceof NameError) return false
    throw error
  }
}

/**
 * A zone in a path: one spelling a zone (lower-case A-labels, no final dot, `@` for the root). Rights are kept by name:
 * another spelling of the same zone would be another zone to them.
 */
export const zoneParam = z.string().max(1100).refine(isCanonical)
