import { describeConfigChanges, type ConfigChangeGroup } from '@zonedeck/shared/filter/describe'

/** The difference of two texts for people, also where one of them is no JSON. */
export function changesBetween(before: string, after: string): readonly ConfigChangeGroup[] {
  try {
    return describeConfigChanges(before, after)
  } catch {
    // One of the two is no JSON.
    return [{ about: 'settings', title: 'The whole configuration', change: 'changed', lines: [] }]
  }
}
