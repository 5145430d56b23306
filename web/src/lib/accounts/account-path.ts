/** The pages of the accounts on a connection's server: all, one, or the one to be made. */
export function accountsPath(connection: string): string {
  return `/connections/${encodeURIComponent(connection)}/accounts`
}

export function accountPath(connection: string, name: string): string {
  return `${accountsPath(connection)}/${encodeURIComponent(name)}`
}

export function newAccountPath(connection: string): string {
  return `/connections/${encodeURIComponent(connection)}/new-account`
}
