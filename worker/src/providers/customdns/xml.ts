import { XMLParser } from 'fast-xml-parser'
import { ProviderError } from '../provider-error.ts'

const TEXT = '#text'
const CDATA = '#cdata'
/** `collection`, `record`, its fields: three. */
const MAX_DEPTH = 12
/** What no field of an API is called, and what could reach into our own objects. */
const REFUSED_NAMES = new Set(['__proto__', 'constructor', 'prototype'])
const NOT_XML = 'The server’s answer is no XML that can be read. Is this the address of its API?'
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  maxNestedTags: MAX_DEPTH,
  cdataPropName: CDATA,
})

/**
 * Reads a server's XML: an element without children is its text, one with children an object, and what stands there
 * several times an array. Attributes and the text between children are left out.
 *
 * A document type is refused, so that there are no entities but the five that XML has by itself; nesting is bounded
 * here, size by `upstream`. Throws `ProviderError` of kind `protocol`, never with a part of the text in it.
 */
export function parseXml(text: string): unknown {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw notXml('The server’s answer has a document type. It was not read.')
  let nodes: unknown
  try {
    nodes = parser.parse(text, true)
  } catch {
    throw notXml(NOT_XML)
  }
  // One element with everything else in it: text beside it is a page's.
  if (Array.isArray(nodes) && nodes.length !== 1) throw notXml(NOT_XML)
  return valueOf(nodes)
}

function valueOf(nodes: unknown): unknown {
  const children = new Map<string, unknown[]>()
  let text = ''
  for (const node of Array.isArray(nodes) ? (nodes as unknown[]) : []) {
    if (typeof node !== 'object' || node === null) continue
    for (const [name, inner] of Object.entries(node) as [string, unknown][]) {
      if (REFUSED_NAMES.has(name)) throw notXml('The server’s answer has a field that no API uses. It was not read.')
      if (name === TEXT) text += decode(String(inner))
      else if (name === CDATA) text += rawText(inner)
      else {
        const values = children.get(name)
        if (values) values.push(valueOf(inner))
        else children.set(name, [valueOf(inner)])
      }
    }
  }
  if (children.size === 0) return text
  return Object.fromEntries([...children].map(([name, values]) => [name, values.length === 1 ? values[0] : values]))
}

function rawText(nodes: unknown): string {
  return (Array.isArray(nodes) ? (nodes as unknown[]) : [])
    .map((node) => {
      const text = (node as Record<string, unknown>)[TEXT]
      return typeof text === 'string' ? text : ''
    })
    .join('')
}

function decode(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;\s]{0,12};?)/g, (_, name: string) => {
    const entity = ENTITIES[name.slice(0, -1)]
    if (entity !== undefined && name.endsWith(';')) return entity
    const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}));$/i.exec(name) ?? []
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16)
    if (Number.isNaN(code) || code > 0x10ffff) throw notXml('The server’s answer has an entity that XML does not know.')
    return String.fromCodePoint(code)
  })
}

function notXml(message: string): ProviderError {
  return new ProviderError('protocol', message)
}

/**
 * `<root><field>value</field>…</root>`. Names are ours; values may be any text that XML can hold. Throws `refused` for
 * one that it cannot: control characters have no form in XML at all (XML 1.0 §2.2).
 */
export function writeXml(root: string, fields: Readonly<Record<string, string | number>>): string {
  const elements = Object.entries(fields).map(([name, value]) => `<${name}>${escape(String(value))}</${name}>`)
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${root}>${elements.join('')}</${root}>`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function escape(text: string): string {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed()) {
    throw new ProviderError('refused', 'CustomDNS takes no control characters.')
  }
  return text
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
    .replace(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`)
}
