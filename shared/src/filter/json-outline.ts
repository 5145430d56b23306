/** How deep the lists and objects of a JSON text are in each other, and how many keys all of its objects have. */
export interface JsonOutline {
  depth: number
  keys: number
}

export function outlineOf(json: string): JsonOutline {
  const outline = { depth: 0, keys: 0 }
  let open = 0
  for (let i = 0; i < json.length; i++) {
    switch (json[i]) {
      case '"':
        i = endOfString(json, i)
        break
      case ':':
        outline.keys++
        break
      case '[':
      case '{':
        outline.depth = Math.max(outline.depth, ++open)
        break
      case ']':
      case '}':
        open--
        break
      default:
    }
  }
  return outline
}

/** Where the quote is that ends the string which begins at `start`. */
function endOfString(json: string, start: number): number {
  for (let i = start + 1; i < json.length; i++) {
    if (json[i] === '\\') i++
    else if (json[i] === '"') return i
  }
  return json.length
}
