/**
 * `pnpm zone <file> [origin]`: reads a master file with the panel's reader and prints it canonically, or says what is
 * wrong with it as `file:line:column: message` and ends with status 1. Warnings go to standard error and change nothing.
 *
 * The zone is the origin given, else the owner of the SOA, else the first `$ORIGIN`; a file that names none of them is
 * taken for the zone it is named after.
 */
import { existsSync, readFileSync, writeSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseName } from '@zonedeck/shared/names'
import { checkZone } from '@zonedeck/shared/zone-file/check'
import { printZone } from '@zonedeck/shared/zone-file/print'
import { readZoneFile, type ZoneFile } from '@zonedeck/shared/zone-file/read'
import type { ZoneFileNote } from '@zonedeck/shared/zone-file/zone-record'

const CHUNK = 1 << 16

/** The package manager runs scripts in the project's folder; the file is meant from where the person stands. */
function locate(file: string): string {
  const here = resolve(file)
  const there = resolve(process.env['INIT_CWD'] ?? '.', file)
  return existsSync(here) ? here : there
}

/** `example.com.zone`, `db.example.com` and the like → `example.com`; null when that is no domain. */
function zoneOfFileName(file: string): string | null {
  const name = basename(file)
    .replace(/\.(zone|db|txt|hosts|dns|bind|signed)$/i, '')
    .replace(/^(db|zone|pri|master)\./i, '')
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)+\.?$/i.test(name) ? name : null
}

function read(file: string, source: Uint8Array, origin: string | undefined): ZoneFile {
  const zone = readZoneFile(source, origin === undefined ? {} : { origin })
  if (origin !== undefined || zone.errors.length === 0) return zone
  const guess = zone.origin ?? zoneOfFileName(file)
  if (guess === null) return zone
  const again = readZoneFile(source, { origin: guess })
  return again.errors.length < zone.errors.length ? again : zone
}

/** Writes all of it before going on: a pipe takes what it can hold and says so. */
function write(stream: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(stream, bytes, at)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      if (code === 'EPIPE') process.exit(0)
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

function report(file: string, notes: readonly ZoneFileNote[], kind: string): void {
  write(2, notes.map(({ line, column, message }) => `${file}:${line}:${column}: ${kind}${message}\n`).join(''))
}

function main(): number {
  const [file, origin, extra] = process.argv.slice(2)
  if (file === undefined || extra !== undefined) {
    write(2, 'Usage: pnpm zone <file> [origin]\n')
    return 1
  }
  if (origin !== undefined) {
    try {
      parseName(origin, '.')
    } catch {
      write(2, `“${origin}” is no name of a zone.\n`)
      return 1
    }
  }
  let source: Uint8Array
  try {
    source = readFileSync(locate(file))
  } catch (error) {
    write(2, `${file}: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
  const zone = read(file, source, origin)
  report(file, zone.warnings, 'warning: ')
  report(file, zone.errors, '')
  if (zone.origin === null) {
    if (zone.errors.length === 0) report(file, [{ line: 1, column: 1, message: 'There is no SOA record.' }], '')
    return 1
  }
  const { errors, warnings, tree } = checkZone(zone.records, zone.origin)
  report(file, warnings, 'warning: ')
  report(file, errors, '')
  for (const { disabled, line, name, type } of zone.records) {
    if (disabled)
      report(file, [{ line, column: 1, message: `${name} ${type} is disabled; it is left out.` }], 'warning: ')
  }
  if (zone.errors.length > 0 || errors.length > 0) return 1
  let chunk = ''
  for (const line of printZone(tree)) {
    chunk += line
    if (chunk.length > CHUNK) {
      write(1, chunk)
      chunk = ''
    }
  }
  write(1, chunk)
  return 0
}

process.exitCode = main()
