/** The same address with some of its search parameters set; an empty value takes one out. */
export function withParam(
  url: { readonly pathname: string; readonly searchParams: { toString: () => string } },
  params: Readonly<Record<string, string>>,
): string {
  const search = new URLSearchParams(url.searchParams.toString())
  for (const [name, value] of Object.entries(params)) {
    if (value === '') search.delete(name)
    else search.set(name, value)
  }
  const text = search.toString()
  return text === '' ? url.pathname : `${url.pathname}?${text}`
}
