/** The longest comment a record carries (`recordSchema`). */
const MAX_COMMENT = 4000

/** What the comment after a record says of it. */
export interface RecordNote {
  disabled?: true
  comment?: string
}

/**
 * Reads what follows a record's `;`. Technitium exports a disabled record as a live one with
 * `{"disabled":true,"comments":"…"}` behind it; anything else is a comment as it stands.
 */
export function readComment(text: string): RecordNote {
  const trimmed = text.trim()
  if (trimmed === '') return {}
  if (trimmed.startsWith('{') && trimmed.endsWith('}')) {
    const note = readJson(trimmed)
    if (note !== null) return note
  }
  return { comment: trimmed.slice(0, MAX_COMMENT) }
}

/** Puts onto a record what the comment behind it says. What it says of being disabled always counts. */
export function noteComment(record: RecordNote, text: string, keep: boolean): void {
  const { disabled, comment } = readComment(text)
  if (disabled) record.disabled = disabled
  if (keep && comment !== undefined) record.comment = comment
}

function readJson(text: string): RecordNote | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { disabled, comments, ...others } = value as Record<string, unknown>
  if (Object.keys(others).length > 0) return null
  if (disabled !== undefined && typeof disabled !== 'boolean') return null
  // The server writes null for a comment that is not there.
  if (comments !== undefined && comments !== null && typeof comments !== 'string') return null
  return {
    ...(disabled === true && { disabled }),
    ...(typeof comments === 'string' && comments !== '' && { comment: comments.slice(0, MAX_COMMENT) }),
  }
}

/** The other way: a comment that `readComment` reads as the same text. Empty when there is nothing to say. */
export function formatComment(comment: string | undefined): string {
  if (comment === undefined || comment === '') return ''
  const plain = comment === comment.trim() && /^[\x20-\x7e\xa0-\uffff]*$/.test(comment) && !comment.startsWith('{')
  // JSON's own escapes keep line breaks and controls out of the file.
  return plain ? ` ; ${comment}` : ` ; ${JSON.stringify({ comments: comment })}`
}
