import { parseTimeOnly } from '../dotnet/time-only.ts'
import type { AppProfile, AppWindow } from '../app-config.ts'
import { isObject, type Json } from '../json.ts'
import type { Path } from '../pointer.ts'
import { chooseZone } from '../time-zone.ts'
import { dayNames, days, nextDay, type Day } from '../week.ts'
import {
  finding,
  ofProfiles,
  removeFix,
  setFix,
  type ConfigFinding,
  type ConfigFix,
  type FindingContext,
  type FindingRule,
} from './finding.ts'

const LAST = '23:59:59'

function dayOf(key: string): Day | undefined {
  return days.find((day) => day === key.toLowerCase())
}

/** A window, the day it is on, and where it stands. */
interface Placed {
  day: Day
  window: AppWindow
  path: Path
  /** All windows of the day. */
  siblings: readonly (AppWindow | null)[]
}

function windowsOf({ json }: FindingContext, name: string, { schedule }: AppProfile): Placed[] {
  return [...(schedule ?? [])].flatMap(([key, siblings]) => {
    const day = dayOf(key)
    const written = [...writtenDays(json, name)].findLast(([other]) => other.toLowerCase() === key.toLowerCase())
    if (day === undefined || written === undefined) return []
    const path = ['profiles', name, 'schedule', written[0]]
    return siblings.flatMap((window, index) =>
      window === null ? [] : { day, window, path: Array.isArray(written[1]) ? [...path, index] : path, siblings },
    )
  })
}

function writtenDays(json: FindingContext['json'], name: string): [string, Json][] {
  const profile = isObject(json['profiles']) ? json['profiles'][name] : undefined
  const schedule = isObject(profile) ? profile['schedule'] : undefined
  return isObject(schedule) ? Object.entries(schedule) : []
}

/** `scheduleAllDay`, the app's default, makes every window last all day, and a day without any is filtered all day too. */
export const schedulesOff: FindingRule = ({ config }) => {
  const names = [...config.profiles].flatMap(([name, { schedule }]) =>
    [...(schedule?.values() ?? [])].flat().some((window) => window?.allDay === false) ? `“${name}”` : [],
  )
  if (!config.scheduleAllDay || names.length === 0) return []
  const text = `Schedules mean nothing while “scheduleAllDay” is on: ${names.join(', ')} ${names.length === 1 ? 'filters' : 'filter'} around the clock.`
  return [
    finding(
      'schedules-off',
      'warning',
      ['scheduleAllDay'],
      text,
      setFix('Let schedules count', ['scheduleAllDay'], false),
    ),
  ]
}

/** Windows that mean something else than they say; none of them means anything while `scheduleAllDay` is on. */
export const windows: FindingRule = (context) =>
  ofProfiles(context, (name, profile) =>
    (context.config.scheduleAllDay ? [] : windowsOf(context, name, profile)).flatMap((placed) => {
      const { day, window, path } = placed
      const who = `“${name}” on ${dayNames[day]}`
      const start = window.start === null ? null : parseTimeOnly(window.start)
      const end = window.end === null ? null : parseTimeOnly(window.end)
      if (window.allDay) return allDay(placed, who)
      if (start === null || end === null) {
        return [
          start === null ? unreadable(who, path, 'start', window.start) : [],
          end === null ? unreadable(who, path, 'end', window.end) : [],
        ].flat()
      }
      if (start === end) return [instant(placed, who)]
      return start < end ? [] : [overnight(placed, who, profile)]
    }),
  )

/** `allDay` is on unless it is switched off, and then the times mean nothing. */
function allDay({ window, path }: Placed, who: string): ConfigFinding[] {
  const isWhole = parseTimeOnly(window.start ?? '') === 0 && /^(23:59(:59)?|24:00|00:00)$/.test(window.end ?? '')
  if (isWhole) return []
  const text = `${who}: the times ${window.start ?? ''}–${window.end ?? ''} mean nothing, since “allDay” is on (it is unless it is switched off).`
  return [finding('all-day-window', 'warning', path, text, setFix('Let the times count', [...path, 'allDay'], false))]
}

function unreadable(who: string, path: Path, key: 'start' | 'end', time: string | null): ConfigFinding {
  const meant = meantTime(time ?? '', key)
  const text = `${who}: the app cannot read the time “${time ?? 'null'}”, so it never filters in this window.`
  return finding(
    'unreadable-time',
    'danger',
    [...path, key],
    text,
    meant === null ? undefined : setFix(`Write ${meant}`, [...path, key], meant),
  )
}

function meantTime(time: string, key: 'start' | 'end'): string | null {
  if (/^24(:00){0,2}$/.test(time)) return key === 'end' ? LAST : '00:00'
  const [, hour, minute = '00'] = /^\s*(\d{1,2})\s*(?:[h.:]?\s*([0-5]\d))?\s*h?\s*$/i.exec(time) ?? []
  return hour === undefined || Number(hour) > 23 ? null : `${hour.padStart(2, '0')}:${minute}`
}

/** The way to say "not on this day" is a window of one instant; beside other windows it is nothing. */
function instant({ window, path, siblings }: Placed, who: string): ConfigFinding {
  return siblings.length === 1
    ? finding('free-day', 'info', path, `${who} does not filter, but for the instant ${window.start ?? ''}.`)
    : finding(
        'instant-window',
        'warning',
        path,
        `${who}: a window from ${window.start ?? ''} to the same time is one instant.`,
        removeFix('Remove it', path),
      )
}

/** The app does not carry a window over midnight: it ends on the morning of the same day. */
function overnight({ day, window, path }: Placed, who: string, profile: AppProfile): ConfigFinding {
  const [start, end] = [window.start ?? '', window.end ?? '']
  const next = nextDay(day)
  const text = `${who}: ${start}–${end} means ${dayNames[day]} from midnight to ${end} and from ${start} to midnight. The morning of ${dayNames[next]} is not part of it.`
  return finding('overnight-window', 'warning', path, text, split(path, end, next, profile))
}

/** Up to midnight, and the rest as a window of the next day, unless that day is filtered anyway. */
function split(path: Path, end: string, next: Day, { schedule }: AppProfile): ConfigFix {
  const title = 'Carry it on into the next morning'
  const until: ConfigFix['edits'][number] = { op: 'set', path: [...path, 'end'], value: LAST }
  const [key, others] = [...(schedule ?? [])].find(([other]) => dayOf(other) === next) ?? [next, []]
  if (others.length === 0 || parseTimeOnly(end) === 0) return { title, edits: [until] }
  const morning = { allDay: false, start: '00:00', end }
  const kept = others.flatMap((window) =>
    window === null ? [] : { allDay: window.allDay, start: window.start, end: window.end },
  )
  return { title, edits: [until, { op: 'set', path: [...path.slice(0, 3), key], value: [morning, ...kept] }] }
}

/** Keys that are no day: the day that was meant has no entry, and is filtered all day. */
export const dayKeys: FindingRule = (context) =>
  ofProfiles(context, (name, _profile, at) => {
    const written = writtenDays(context.json, name)
    return written.flatMap(([key, value], index) => {
      const path = at('schedule', key)
      const day = dayOf(key)
      if (day === undefined) {
        const meant = days.find(
          (known) =>
            dayNames[known].toLowerCase() === key.trim().toLowerCase() ||
            known === key.trim().slice(0, 3).toLowerCase(),
        )
        const text = `“${key}” in the schedule of “${name}” is no day to the app; it knows mon, tue, wed, thu, fri, sat and sun.`
        if (meant === undefined || written.some(([other]) => dayOf(other) === meant))
          return finding('unknown-day', 'warning', path, text, removeFix('Remove it', path))
        const edits: ConfigFix['edits'] = [
          { op: 'set', path: at('schedule', meant), value },
          { op: 'remove', path },
        ]
        return finding('unknown-day', 'danger', path, text, { title: `Rename it to “${meant}”`, edits })
      }
      const last = written.findLastIndex(([other]) => dayOf(other) === day)
      return last === index
        ? []
        : finding(
            'duplicate-day',
            'warning',
            path,
            `${dayNames[day]} is twice in the schedule of “${name}”; only the last counts.`,
            removeFix('Remove it', path),
          )
    })
  })

/** The time zone, where a schedule hangs on it. */
export const timeZone: FindingRule = ({ config }) => {
  const isUsed = [...config.profiles.values()].some(({ schedule }) => (schedule?.size ?? 0) > 0)
  const { zone, note } = chooseZone(config.timeZone)
  const path = ['timeZone']
  const name = config.timeZone ?? 'null'
  switch (note) {
    case 'none':
    case 'folder': {
      const text = `The app cannot use “${name}” as a time zone: profiles with a schedule let everything pass that they do not allow or rewrite.`
      return [
        finding('broken-time-zone', isUsed ? 'danger' : 'warning', path, text, setFix('Write “UTC”', path, 'UTC')),
      ]
    }
    case 'unknown':
      return [
        finding(
          'unknown-time-zone',
          isUsed ? 'danger' : 'info',
          path,
          `There is no time zone “${name}”: schedules go by UTC.`,
        ),
      ]
    case 'other-case': {
      const known = zone?.name ?? 'UTC'
      const text = `The time zone is spelled “${known}”. In other case the server may not find it, and schedules then go by UTC.`
      return [
        finding('time-zone-case', isUsed ? 'danger' : 'info', path, text, setFix(`Write “${known}”`, path, known)),
      ]
    }
    case 'windows':
    case null:
      return []
  }
}

/** The base profile's schedule is for its own clients alone. */
export const baseSchedule: FindingRule = ({ config }) => {
  const base = config.profiles.get(config.baseProfile ?? '')
  if (base?.schedule == null || base.schedule.size === 0 || config.profiles.size < 2) return []
  const text = `The schedule of the base profile “${config.baseProfile ?? ''}” counts only for clients that have that profile; in others its rules follow their schedule.`
  return [finding('base-schedule', 'info', ['profiles', config.baseProfile ?? '', 'schedule'], text)]
}
