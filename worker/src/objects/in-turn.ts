/** Runs what it is given one after the other, also after a failure, so that nobody reads what another is about to write. */
export function makeInTurn(): <T>(body: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (body) => {
    const mine = last.then(body)
    last = mine.catch(() => undefined)
    return mine
  }
}
