import { cnameCoexistence } from './cname-coexistence.ts'
import { danglingTarget } from './dangling-target.ts'
import { disabledAnswer } from './disabled-answer.ts'
import { duplicateRecord } from './duplicate-record.ts'
import { mixedTtl } from './mixed-ttl.ts'
import { mxChange } from './mx-change.ts'
import { occludedNames } from './occluded-names.ts'
import { rootNsChange } from './root-ns-change.ts'
import type { SafetyRule } from './rule.ts'
import { soaChange } from './soa-change.ts'
import { tooMuchChange } from './too-much-change.ts'
import { wildcardChange } from './wildcard-change.ts'
import { zoneOperation } from './zone-operation.ts'

/** Every safety rule, the gravest first. */
export const safetyRules: readonly SafetyRule[] = [
  zoneOperation,
  soaChange,
  rootNsChange,
  tooMuchChange,
  cnameCoexistence,
  mxChange,
  wildcardChange,
  danglingTarget,
  occludedNames,
  disabledAnswer,
  mixedTtl,
  duplicateRecord,
]
