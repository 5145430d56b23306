/** A text that is no DNS name; the message is a sentence for a person. */
export class NameError extends Error {
  override name = 'NameError'
}
