import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  askedValues,
  changedValues,
  fieldError,
  formErrors,
  initialValues,
  isAsked,
  patchErrors,
} from './form-errors.ts'
import { formFieldSchema, type FormField, type FormValue, type FormValues } from './form.ts'

const field = (kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  id: more.id ?? 'x',
  label: 'Limit',
  kind,
  ...(kind === 'choice' || kind === 'choices'
    ? {
        choices: [
          { value: 'a', label: 'First' },
          { value: 'b', label: 'Second' },
        ],
      }
    : {}),
  ...more,
})

describe('one value', () => {
  it.each<[string, FormField, FormValue | undefined, string | null]>([
    ['text', field('text'), 'hello', null],
    ['text that may be empty', field('text'), '', null],
    ['text that may be left out', field('text'), undefined, null],
    ['text that must be there', field('text', { required: true }), '', 'Fill in “Limit”.'],
    ['text that is left out', field('text', { required: true }), undefined, 'Fill in “Limit”.'],
    ['a number for text', field('text'), 5, '“Limit” is text.'],
    ['an empty list for text', field('text'), [], '“Limit” is text.'],
    ['a line break in text', field('text'), 'a\nb', '“Limit” has no line breaks or control characters.'],
    ['text that is too long', field('text', { maxLength: 3 }), 'abcd', '“Limit” has at most 3 characters.'],
    ['a number', field('number', { min: 0, max: 5 }), 5, null],
    ['a number that may be empty', field('number'), '', null],
    ['a number that must be there', field('number', { required: true }), '', '“Limit” is a whole number.'],
    ['digits for a number', field('number'), '5', '“Limit” is a whole number.'],
    ['half a number', field('number'), 1.5, '“Limit” is a whole number.'],
    ['no number', field('number'), Number.NaN, '“Limit” is a whole number.'],
    ['a number that is too low', field('number', { min: 1 }), 0, '“Limit” is at least 1.'],
    ['a number that is too high', field('number', { max: 1 }), 2, '“Limit” is at most 1.'],
    ['a switch', field('switch'), false, null],
    ['text for a switch', field('switch'), '', '“Limit” is on or off.'],
    ['a switch that must be said', field('switch', { required: true }), false, null],
    ['a choice', field('choice'), 'b', null],
    ['no choice', field('choice'), '', null],
    ['no choice where one is needed', field('choice', { required: true }), '', 'Fill in “Limit”.'],
    ['another choice', field('choice'), 'c', '“Limit” is one of First, Second.'],
    ['the label of a choice', field('choice'), 'First', '“Limit” is one of First, Second.'],
    ['several choices', field('choices'), ['b', 'a'], null],
    ['none of several', field('choices'), [], null],
    ['none where one is needed', field('choices', { required: true }), [], 'Fill in “Limit”.'],
    ['text for several', field('choices'), '', '“Limit” is a list.'],
    ['one twice', field('choices'), ['a', 'a'], '“Limit” takes each only once.'],
    ['one that is not offered', field('choices'), ['a', 'c'], '“Limit” takes only First, Second.'],
    ['lines', field('lines'), ['a', 'b'], null],
    ['text for lines', field('lines'), 'a', '“Limit” is a list.'],
    ['an empty line', field('lines'), ['a', ' '], '“Limit” has an empty line.'],
    ['a long line', field('lines', { maxLength: 1 }), ['a', 'bb'], '“Limit” has at most 1 characters.'],
    ['a secret that is sent along', field('secret', { required: true }), true, null],
    ['a secret in the open', field('secret'), 'hunter2', '“Limit” is sent apart from the other values.'],
    ['a secret that is missing', field('secret', { required: true }), undefined, 'Fill in “Limit”.'],
  ])('%s', (_, of, value, error) => {
    expect(fieldError(of, value)).toBe(error)
  })

  it('a value of another kind never passes', () => {
    const kinds = ['text', 'number', 'switch', 'choice', 'choices', 'lines'] as const
    const right: Record<(typeof kinds)[number], (value: unknown) => boolean> = {
      text: (value) => typeof value === 'string',
      number: (value) => Number.isSafeInteger(value) || value === '',
      switch: (value) => typeof value === 'boolean',
      choice: (value) => value === '' || value === 'a' || value === 'b',
      choices: (value) => Array.isArray(value),
      lines: (value) => Array.isArray(value),
    }
    const values = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.array(fc.string(), { maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...kinds), values, (kind, value) => {
        if (fieldError(field(kind), value) === null) expect(right[kind](value)).toBe(true)
      }),
    )
  })
})

const mode = field('choice', { id: 'mode', value: 'a' })
const on = field('switch', { id: 'on' })
const ifB = field('text', { id: 'ifB', required: true, when: { field: 'mode', is: ['b'] } })
const ifOff = field('number', { id: 'ifOff', when: { field: 'on', is: ['false'] } })
const deeper = field('text', { id: 'deeper', when: { field: 'ifB', is: ['x'] } })
const fields = [mode, on, ifB, ifOff, deeper]
const asks = (values: FormValues) => fields.filter((each) => isAsked(fields, each, values)).map(({ id }) => id)

describe('what is asked', () => {
  it('depends on the others, and a switch that nobody touched is off', () => {
    expect(asks({ mode: 'a' })).toEqual(['mode', 'on', 'ifOff'])
    expect(asks({ mode: 'b', on: true, ifB: 'x' })).toEqual(['mode', 'on', 'ifB', 'deeper'])
  })

  it('does not hang on what is hidden itself', () => {
    expect(asks({ mode: 'a', on: true, ifB: 'x' })).toEqual(['mode', 'on'])
  })

  it('ends where fields wait for each other, or for none that exists', () => {
    const a = field('text', { id: 'a', when: { field: 'b', is: ['1'] } })
    const b = field('text', { id: 'b', when: { field: 'a', is: ['1'] } })
    const lost = field('text', { id: 'lost', when: { field: 'gone', is: ['1'] } })
    for (const each of [a, b, lost]) expect(isAsked([a, b, lost], each, { a: '1', b: '1', gone: '1' })).toBe(false)
  })

  it('takes a fixed field as what it is, whatever is sent', () => {
    const fixed = field('choice', { id: 'mode', value: 'b', fixed: 'It stays.' })
    expect(isAsked([fixed, ifB], ifB, {})).toBe(true)
    expect(isAsked([fixed, ifB], ifB, { mode: 'a' })).toBe(true)
  })
})

describe('what is sent', () => {
  it('leaves out what is hidden, fixed, or empty and was empty', () => {
    const fixed = field('text', { id: 'fixed', value: 'old', fixed: 'It stays.' })
    const filled = field('text', { id: 'filled', value: 'old' })
    const all = [...fields, fixed, filled]
    const typed = { mode: 'a', ifB: 'typed before', ifOff: '', fixed: 'new', filled: '' }
    expect(askedValues(all, typed)).toEqual({ mode: 'a', filled: '' })
  })

  it('tidies lines', () => {
    const addresses = field('lines', { id: 'addresses' })
    expect(askedValues([addresses], { addresses: [' 192.0.2.1 ', '', '::1'] })).toEqual({
      addresses: ['192.0.2.1', '::1'],
    })
  })

  it('of settings, only what differs from what the server holds', () => {
    const held = [mode, field('lines', { id: 'list', value: ['a', 'b'] }), field('switch', { id: 'off', value: false })]
    expect(changedValues(held, { mode: 'a', list: ['a', 'b'], off: false })).toEqual({})
    expect(changedValues(held, { mode: 'b', list: ['b', 'a'], off: true })).toEqual({
      mode: 'b',
      list: ['b', 'a'],
      off: true,
    })
    expect(changedValues(held, { ...initialValues(held), list: [] })).toEqual({ list: [] })
  })
})

describe('a whole form', () => {
  it('names each wrong value', () => {
    expect(formErrors(fields, { mode: 'c', ifOff: 'x', 'a/b~c': 1 }, '/values')).toEqual([
      { pointer: '/values/a~1b~0c', detail: 'There is no such field.' },
      { pointer: '/values/mode', detail: '“Limit” is one of First, Second.' },
      { pointer: '/values/ifOff', detail: '“Limit” is a whole number.' },
    ])
    expect(formErrors(fields, { mode: 'b' }, '')).toEqual([{ pointer: '/ifB', detail: 'Fill in “Limit”.' }])
  })

  it('lets nothing pass unchecked because it is hidden', () => {
    expect(formErrors(fields, { mode: 'a', ifB: 'x' }, '')).toEqual([
      { pointer: '/ifB', detail: '“Limit” is not asked for with the other values.' },
    ])
  })

  it('says why a fixed value cannot be changed', () => {
    const fixed = field('text', { id: 'fixed', value: 'old', fixed: 'It stays.', required: true })
    expect(formErrors([fixed], { fixed: 'new' }, '')).toEqual([{ pointer: '/fixed', detail: 'It stays.' }])
    expect(formErrors([fixed], {}, '')).toEqual([])
  })

  it('knows no fields that every object has', () => {
    expect(formErrors([], { constructor: 'x' }, '')).toEqual([
      { pointer: '/constructor', detail: 'There is no such field.' },
    ])
    expect(formErrors([field('text', { id: 'constructor', required: true })], {}, '')).toHaveLength(1)
  })
})

describe('some settings', () => {
  it('checks what is named, against what the others hold', () => {
    expect(patchErrors(fields, { ifOff: 5 }, '')).toEqual([])
    expect(patchErrors([{ ...on, value: true }, ifOff], { ifOff: 5 }, '')).toEqual([
      { pointer: '/ifOff', detail: '“Limit” is not asked for with the other values.' },
    ])
    expect(patchErrors(fields, { mode: 'c' }, '/v')).toEqual([
      { pointer: '/v/mode', detail: '“Limit” is one of First, Second.' },
    ])
    expect(patchErrors(fields, { gone: 1 }, '')).toEqual([{ pointer: '/gone', detail: 'There is no such field.' }])
  })

  it('leaves alone what is empty and not named', () => {
    const empty = field('text', { id: 'empty', required: true })
    expect(patchErrors([mode, empty], { mode: 'b' }, '')).toEqual([])
    expect(patchErrors([mode, empty], { empty: '' }, '')).toEqual([{ pointer: '/empty', detail: 'Fill in “Limit”.' }])
  })

  it('wants what a change makes the form ask for', () => {
    expect(patchErrors(fields, { mode: 'b' }, '')).toEqual([{ pointer: '/ifB', detail: 'Fill in “Limit”.' }])
    expect(patchErrors(fields, { mode: 'b', ifB: 'x' }, '')).toEqual([])
    const held = [mode, { ...ifB, value: 'there' }]
    expect(patchErrors(held, { mode: 'b' }, '')).toEqual([])
  })

  it('refuses a fixed one, and is not held up by it', () => {
    const fixed = field('text', { id: 'fixed', value: 'old', fixed: 'It stays.' })
    expect(patchErrors([mode, fixed], { mode: 'b' }, '')).toEqual([])
    expect(patchErrors([mode, fixed], { fixed: 'new' }, '')).toEqual([{ pointer: '/fixed', detail: 'It stays.' }])
  })
})

/** Forms of any shape, each field perhaps depending on one before it. */
const forms = fc
  .array(
    fc.record({
      kind: fc.constantFrom('text', 'lines', 'number', 'switch', 'choice', 'choices' as const),
      required: fc.boolean(),
      fixed: fc.boolean(),
      filled: fc.boolean(),
      after: fc.nat(5),
      is: fc.constantFrom('a', 'true', 'false', ''),
    }),
    { maxLength: 5 },
  )
  .map((shapes) =>
    shapes.map(({ kind, required, fixed, filled, after, is }, index): FormField => {
      const values = { text: 'a', lines: ['a'], number: 1, switch: true, choice: 'a', choices: ['a'] }
      return field(kind, {
        id: `f${index}`,
        required,
        ...(filled ? { value: values[kind] } : {}),
        ...(fixed ? { fixed: 'It stays.' } : {}),
        ...(after < index ? { when: { field: `f${after}`, is: [is] } } : {}),
      })
    }),
  )
const typed = fc.dictionary(
  fc.constantFrom('f0', 'f1', 'f2', 'f3', 'f4'),
  fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.constantFrom('a', 'b', ' ', 'c'), { maxLength: 3 })),
)

describe('any form', () => {
  it('is one that a provider may describe', () => {
    fc.assert(fc.property(forms, (form) => form.every((each) => formFieldSchema.safeParse(each).success)))
  })

  it('sends what it checked, and nothing else: errors are of values that are there or missing', () => {
    fc.assert(
      fc.property(forms, typed, (form, values) => {
        const sent = askedValues(form, values)
        for (const { pointer, detail } of formErrors(form, sent, '')) {
          const of = form.find(({ id }) => pointer === `/${id}`)
          expect(of).toBeDefined()
          if (sent[of?.id ?? ''] === undefined) expect(detail).toMatch(/^Fill in/)
          expect(detail).not.toMatch(/not asked|no such|stays/)
        }
      }),
    )
  })

  it('that is sent as it began changes nothing, and what changed is no more than what was typed', () => {
    fc.assert(
      fc.property(forms, typed, (form, values) => {
        expect(changedValues(form, initialValues(form))).toEqual({})
        const changed = changedValues(form, { ...initialValues(form), ...values })
        expect(Object.keys(values)).toEqual(expect.arrayContaining(Object.keys(changed)))
        expect(patchErrors(form, {}, '')).toEqual([])
      }),
    )
  })
})
