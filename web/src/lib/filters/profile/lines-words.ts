import type { LinesKey } from './profile-findings.ts'

interface LinesWords {
  title: string
  /** One of them, in a sentence. */
  one: string
  many: string
  intro: string
  placeholder: string
  /** Examples of lines and what each does. */
  syntax: readonly { line: string; does: string }[]
  notes: string
}

const PATTERN_NOTES =
  'Patterns are regular expressions of .NET, without case, found anywhere in the name: anchor them with ^ and $. Literals, classes, groups, alternatives, repetition, anchors, look-around, back references and inline options are evaluated exactly here. Balancing groups, conditions that are expressions and what hangs on the server’s language are not: those say “cannot be told here”. A pattern that .NET refuses is skipped, and one that takes longer than 250 ms counts as not found.'

export const linesWords: Readonly<Record<LinesKey, LinesWords>> = {
  customRules: {
    title: 'Rules',
    one: 'rule',
    many: 'rules',
    intro: 'One domain a line. It blocks that name and everything below it, in the filtering hours.',
    placeholder: 'ads.example.com',
    syntax: [
      { line: 'ads.example.com', does: 'blocks it and everything below it' },
      { line: '@@ok.ads.example.com', does: 'allows it and everything below it, at all times' },
      { line: '# a comment', does: 'does nothing; only at the start of a line' },
    ],
    notes:
      'No stars, no dot at the end, no ad blocker syntax, nothing behind the domain: such lines never match. An allowed name wins over every block, the base profile’s too.',
  },
  allowList: {
    title: 'Allowed names',
    one: 'name',
    many: 'names',
    intro: 'One domain a line. It and everything below it is never blocked, whatever blocks it. Rewrites come first.',
    placeholder: 'school.example',
    syntax: [{ line: 'school.example', does: 'allows it and everything below it, at all times' }],
    notes: 'There are no comments here: a line with # is an entry that never matches.',
  },
  regexBlockRules: {
    title: 'Blocking patterns',
    one: 'pattern',
    many: 'patterns',
    intro: 'One regular expression a line. A name in which it is found is blocked, in the filtering hours.',
    placeholder: '^ad[0-9]+\\.',
    syntax: [
      { line: '^ad[0-9]+\\.', does: 'names that begin with ad and a number' },
      { line: '(^|\\.)casino[^.]*\\.com$', does: 'casino… under .com' },
      { line: '# a comment', does: 'does nothing' },
    ],
    notes: PATTERN_NOTES,
  },
  regexAllowRules: {
    title: 'Allowing patterns',
    one: 'pattern',
    many: 'patterns',
    intro: 'One regular expression a line. A name in which it is found is never blocked.',
    placeholder: '\\.edu$',
    syntax: [
      { line: '\\.edu$', does: 'everything that ends with .edu' },
      { line: '# a comment', does: 'does nothing' },
    ],
    notes: PATTERN_NOTES,
  },
}
