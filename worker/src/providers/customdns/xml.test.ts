import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNumber } from './read.ts'
import { parseXml, writeXml } from './xml.ts'

describe('reading XML', () => {
  it('reads elements, lists and text, with or without a namespace', () => {
    const text = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <collection xmlns:ns2="urn:x"><ns2:domain a="1"><name> a &lt;&#98;&#x63;&amp;amp; </name><nil/></ns2:domain>
      <!-- <domain/> --><domain><name><![CDATA[x<y&amp;]]>z</name></domain></collection>`
    expect(parseXml(text)).toEqual({
      collection: { domain: [{ name: ' a <bc&amp; ', nil: '' }, { name: 'x<y&amp;z' }] },
    })
  })

  it.each([
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['a bomb of entities', '<!doctype a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'],
    ['an entity that nobody has declared', '<a>&secret;</a>'],
    ['a number that is no character', '<a>&#x110000;</a>'],
    ['too many levels', `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`],
    ['an element that is not closed', '<a><name>secret</a>'],
    ['two roots', '<a/><b/>'],
    ['a name that reaches into objects', '<a><constructor>secret</constructor></a>'],
    ['another one', '<a><__proto__><secret/></__proto__></a>'],
    ['no XML', 'secret'],
  ])('refuses %s, and quotes nothing of it', (_, text) => {
    const error = (() => {
      try {
        return parseXml(text)
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'protocol' })
    expect(String(error)).not.toMatch(/secret|passwd/)
  })
})

describe('writing XML', () => {
  it('lets no value become an element', () => {
    expect(writeXml('record', { content: `]]></content><ttl>0</ttl>&"'`, ttl: 60 })).toBe(
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<record><content>]]&gt;&lt;/content&gt;&lt;ttl&gt;0&lt;/ttl&gt;&amp;&quot;&apos;</content><ttl>60</ttl></record>',
    )
  })

  it.each(['\u0000', 'a\u001b[0m', '\ufffe', '\ud800'])('refuses what XML cannot hold (%j)', (text) => {
    expect(() => writeXml('record', { content: text })).toThrow('control characters')
  })

  it('writes any text so that it is read as it was', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((each) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(each))
    fc.assert(
      fc.property(text, (content) => {
        expect(parseXml(writeXml('record', { content }))).toEqual({ record: { content } })
      }),
    )
    expect(parseXml(writeXml('record', { content: '\t\r\n ' }))).toEqual({ record: { content: '\t\r\n ' } })
  })
})

describe('reading a number', () => {
  const read = (text: string) => readNumber({ status: 200, contentType: 'text/plain', headers: new Headers(), text })

  it.each([
    ['42', 42],
    [' 42\n', 42],
    ['"42"', 42],
    ['<?xml version="1.0"?><long>42</long>', 42],
    ['', null],
    ['-1', null],
    ['forty', null],
    ['{"count":42}', null],
  ])('%j is %s', (text, number) => {
    expect(read(text)).toBe(number)
  })
})
