/** One record as a master file has it. `name` is absolute and canonical, `rdata` canonical presentation text. */
export interface ZoneRecord {
  name: string
  /** Seconds. Of this record alone: a set may hold several until someone decides. */
  ttl: number
  type: string
  rdata: string
  /** Where it begins, from 1. */
  line: number
  /** Kept in the file as a comment, or marked so by Technitium: never answered. */
  disabled?: true
  comment?: string
}

/** What is wrong or doubtful, and where. Lines and columns count from 1. */
export interface ZoneFileNote {
  line: number
  column: number
  message: string
}

/** More notes than this help nobody; the rest is counted. */
const MOST_NOTES = 1000

/** A list of notes that stays small whatever the file is. */
export interface Notes {
  list: ZoneFileNote[]
  dropped: number
}

export function newNotes(): Notes {
  return { list: [], dropped: 0 }
}

export function addNote(notes: Notes, line: number, column: number, message: string): void {
  if (notes.list.length < MOST_NOTES) notes.list.push({ line, column, message })
  else notes.dropped++
}

/** The list, closed with a note that says how many more there were. */
export function closeNotes(notes: Notes): ZoneFileNote[] {
  const last = notes.list.at(-1)
  if (last === undefined || notes.dropped === 0) return notes.list
  return [...notes.list, { ...last, message: `There are ${notes.dropped} more like these; they are not listed.` }]
}
