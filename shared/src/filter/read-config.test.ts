import { describe, expect, it } from 'vitest'
import { readConfig } from './read-config.ts'

const refusals = (text: string) => readConfig(text).refusals?.map(({ pointer }) => pointer) ?? []
const inProfile = (profile: string) => refusals(`{"profiles":{"p":${profile}}}`)

describe('readConfig', () => {
  it('takes nothing for a configuration with nothing in it', () => {
    for (const text of ['', ' \u0085\n', 'null', '{}']) {
      expect(readConfig(text).config).toMatchObject({
        enableBlocking: true,
        scheduleAllDay: true,
        timeZone: 'UTC',
        clients: [],
      })
    }
  })

  it.each([
    ['[]', ''],
    ['{"a":1,}', ''],
    ['{} // x', ''],
    ['\ufeff{}', ''],
    ['{"enableBlocking":null}', '/enableBlocking'],
    ['{"enableBlocking":"true"}', '/enableBlocking'],
    ['{"timeZone":5}', '/timeZone'],
    ['{"profiles":null}', '/profiles'],
    ['{"profiles":{"a/b":null}}', '/profiles/a~1b'],
    ['{"customServices":null}', '/customServices'],
    ['{"customServices":{"x":{"domains":[null]}}}', '/customServices/x/domains/0'],
    ['{"clients":[{"ids":[1]}]}', '/clients/0/ids/0'],
    ['{"profiles":{"p":{}},"blockLists":null}', '/blockLists'],
    ['{"profiles":{"p":{}},"blockLists":[null]}', '/blockLists/0'],
    ['{"blockLists":[{"refreshHours":24.0}]}', '/blockLists/0/refreshHours'],
    ['{"blockLists":[{"refreshHours":2147483648}]}', '/blockLists/0/refreshHours'],
    ['{"defaultProfile":"\\ud800"}', '/defaultProfile'],
    ['{"profiles":{"p":{}},"blockingAddresses":[null]}', '/blockingAddresses/0'],
    ['{"x":"\\ud800","clients":[{"\\ud800":1}]}', '/clients/0/\ud800'],
  ])('the app refuses %s', (text, pointer) => {
    expect(refusals(text)).toEqual([pointer])
  })

  it.each([
    ['{"customRules":null}', '/customRules'],
    ['{"customRules":[null]}', '/customRules/0'],
    ['{"regexAllowRules":null}', '/regexAllowRules'],
    ['{"dnsRewrites":[null]}', '/dnsRewrites/0'],
    ['{"blockLists":{}}', '/blockLists'],
    ['{"blockLists":[{"url":1}]}', '/blockLists/0/url'],
    ['{"schedule":[]}', '/schedule'],
    ['{"schedule":{"mon":null}}', '/schedule/mon'],
    ['{"schedule":{"mon":{"allDay":null}}}', '/schedule/mon/allDay'],
    ['{"description":1}', '/description'],
  ])('the app refuses a profile of %s', (profile, pointer) => {
    expect(inProfile(profile)).toEqual([`/profiles/p${pointer}`])
  })

  it('takes the nulls that the app takes, and what it passes over', () => {
    const text = `{"clients":null,"defaultProfile":null,"timeZone":null,"blockLists":null,"blockingAddresses":[null],"x":[{}]}`
    expect(readConfig(text).config).toMatchObject({ clients: null, timeZone: null, blockLists: null })
    expect(readConfig('{"clients":[null,{"ids":null,"profile":null}]}').refusals).toBeNull()
    expect(inProfile('{"blockLists":null,"schedule":null,"blockingAddresses":null,"schedule":{"mon":[null]}}')).toEqual(
      [],
    )
    const lists = '{"profiles":{"p":{"blockLists":["a"," ",5,null,[],{"url":"b"},{"url":null}]}}}'
    expect(readConfig(lists).config?.profiles.get('p')?.blockLists).toEqual([
      { url: 'a', at: 0 },
      { url: 'b', at: 5 },
    ])
  })

  it.each([
    ['{"enableBlocking":"x","enableBlocking":true}', '/enableBlocking'],
    ['{"enableBlocking":null,"enableBlocking":true}', '/enableBlocking'],
    ['{"profiles":{"p":{"allowList":[1]},"p":{}}}', '/profiles/p/allowList/0'],
    ['{"profiles":{"p":{"allowList":5,"allowList":[]}},"profiles":{}}', '/profiles/p/allowList'],
    ['{"profiles":{"p":{"schedule":{"mon":null,"mon":{}}}}}', '/profiles/p/schedule/mon'],
  ])('the app refuses a value of the wrong type, though another of its key follows: %s', (text, pointer) => {
    expect(refusals(text)).toEqual([pointer])
  })

  it('takes what would be refused for its content when another value of its key follows', () => {
    expect(
      refusals('{"profiles":null,"profiles":{"p":null,"p":{"allowList":null,"allowList":[null],"allowList":[]}}}'),
    ).toEqual([])
    expect(readConfig('{"x":1,"x":{},"defaultProfile":"a","defaultProfile":"b"}').config?.defaultProfile).toBe('b')
  })

  it('reads no deeper than the app', () => {
    const nested = (depth: number) => `{"x":${'['.repeat(depth)}${']'.repeat(depth)}}`
    expect(refusals(nested(63))).toEqual([])
    expect(refusals(nested(64))).toEqual([''])
    expect(refusals(`${nested(64).slice(0, -1)},"x":1}`)).toEqual([''])
    expect(refusals(`{"x":"${'['.repeat(64)}\\"${'{'.repeat(64)}"}`)).toEqual([])
  })

  it('names every refusal, and which of them are nulls', () => {
    expect(readConfig('{"profiles":{"p":{"allowList":null,"customRules":5}}}').refusals).toMatchObject([
      { pointer: '/profiles/p/allowList', message: 'This is null; the app wants a list here.', isNull: true },
      { pointer: '/profiles/p/customRules', message: 'This is 5; the app wants a list here.', isNull: false },
    ])
  })
})
