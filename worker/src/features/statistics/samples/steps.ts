/** Seconds. */
const minute = 60
const quarter = 900
export const hour = 3600
export const day = 86_400

/** How long a sample stands for, in seconds. */
export const steps = [minute, quarter, hour] as const
export type Step = (typeof steps)[number]

/**
 * For so many seconds samples are kept: minutes a day, quarters of an hour a month, hours a year. An hour and a day more,
 * so that a range that began that long ago is whole.
 */
export const kept: Readonly<Record<Step, number>> = {
  [minute]: day + hour,
  [quarter]: 31 * day + hour,
  [hour]: 366 * day + day,
}
