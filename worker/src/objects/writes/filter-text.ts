import type { Operation, OperationState } from '@zonedeck/shared/operation'

// A filter's configuration may have megabytes: whoever writes one has it, and need not get it back three times.

export function withoutText(operation: Operation): Operation {
  if (operation.operation !== 'filter') return operation
  const { operation: name, base, note } = operation
  return { operation: name, base, ...(note === undefined ? {} : { note }) }
}

export function withoutStateText(state: OperationState): OperationState {
  return state.about === 'filter' ? { about: 'filter' } : state
}
