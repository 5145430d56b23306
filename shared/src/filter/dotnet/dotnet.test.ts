import { describe, expect, it } from 'vitest'
import { addressText } from '../../records/fields/address.ts'
import { parseInteger } from './integer.ts'
import { parseIpAddress, sameAddress } from './ip-address.ts'
import { fold, isBlank, toAscii, trim } from './text.ts'
import { parseTimeOnly } from './time-only.ts'

/** All expectations are what .NET 10 answered. */
describe('text as .NET sees it', () => {
  it('trims its own white space', () => {
    expect(trim('\u00a0 \u0085a b\u3000\t')).toBe('a b')
    expect(trim('\ufeffa\u200b')).toBe('\ufeffa\u200b')
    expect([isBlank(null), isBlank(' \u0085'), isBlank('\ufeff')]).toEqual([true, true, false])
  })

  it.each([
    ['Kids', 'kIDS', true],
    ['ß', 'SS', false],
    ['ı', 'I', false],
    ['ſ', 's', false],
    ['İ', 'i', false],
    ['K', 'k', true],
    ['µ', 'Μ', true],
    ['ᾀ', 'ᾈ', true],
    ['𐐀', '𐐨', true],
  ])('folds %s and %s: %s', (a, b, same) => {
    expect(fold(a) === fold(b)).toBe(same)
  })

  it('leaves a question mark for what ASCII has not', () => {
    expect(toAscii('aü𐐀b')).toBe('a???b')
  })
})

describe('parseInteger', () => {
  it.each([
    [' 8 ', 8],
    ['+8', 8],
    ['-0', -0],
    ['08', 8],
    ['8\0', 8],
    ['8.0', null],
    ['1e1', null],
    ['', null],
    ['\u00a08', null],
    ['2147483648', null],
    ['-2147483648', -2147483648],
  ])('%j', (text, value) => {
    expect(parseInteger(text)).toBe(value)
  })
})

describe('parseIpAddress', () => {
  it.each([
    ['10', '0.0.0.10'],
    ['10.1', '10.0.0.1'],
    ['1.2.65535', '1.2.255.255'],
    ['010.0.0.1', '8.0.0.1'],
    ['0x7f.1', '127.0.0.1'],
    ['4294967295', '255.255.255.255'],
    ['4294967296', null],
    ['08.1.1.1', null],
    ['1.2.3.256', null],
    ['1.2.3.4.5', null],
    [' 1.2.3.4', null],
    ['1.', null],
    ['', null],
    ['0x', null],
    ['::1', '::1'],
    ['[::1]:80', '::1'],
    ['[::1]', '::1'],
    ['[::1', null],
    ['::1/64', null],
    ['::1%1/64', null],
    ['::ffff:1.2.3.4', '::ffff:1.2.3.4'],
    ['::01.2.3.4', null],
    ['aa:bb:cc:dd:ee:ff', null],
    ['aa:bb:cc:00:11:22:33:44', 'aa:bb:cc:0:11:22:33:44'],
  ])('%j', (text, canonical) => {
    const address = parseIpAddress(text)
    expect(address === null ? null : addressText(address.bytes)).toBe(canonical)
  })

  it('tells zone ids apart', () => {
    const same = (a: string, b: string) => sameAddress(parseIpAddress(a)!, parseIpAddress(b)!)
    expect(same('fe80::1%3', 'fe80::1%3')).toBe(true)
    expect(same('fe80::1%3', 'fe80::1')).toBe(false)
    expect(same('fe80::1%0', 'fe80::1')).toBe(true)
    expect(same('fe80::1%eth0', 'fe80::1')).toBe(false)
    expect(same('fe80::1%eth0', 'fe80::1%eth0')).toBe(true)
    expect(same('fe80::1%lo', 'fe80::1%1')).toBe(true)
    expect(same('fe80::1%4294967296', 'fe80::1%')).toBe(true)
    expect(same('1.2.3.4', '::ffff:1.2.3.4')).toBe(false)
  })
})

describe('parseTimeOnly', () => {
  const at = (hours: number, minutes: number, seconds = 0) => ((hours * 60 + minutes) * 60 + seconds) * 1000
  it.each([
    ['08:30', at(8, 30)],
    ['8:5', at(8, 5)],
    [' 8 : 05 ', at(8, 5)],
    ['2:30 PM', at(14, 30)],
    ['8am', at(8, 0)],
    ['8.30 pm', at(20, 30)],
    ['8 30.15 pm', at(20, 30, 15)],
    ['12am', 0],
    ['0:30 PM', at(12, 30)],
    ['13:00 PM', at(13, 0)],
    ['pm8:00', at(20, 0)],
    ['08:00,', at(8, 0)],
    ['23:59:59.5', at(23, 59, 59.5)],
    ['08:00:00.1234567', at(8, 0) + 123.4567],
    ['24:00', null],
    ['8:60', null],
    ['23:59:60', null],
    ['13:00 AM', null],
    ['14', null],
    ['', null],
    ['0800', null],
    ['8h30', null],
    ['008:00', null],
    ['08:00Z', null],
    ['08:00+01:00', null],
    ['8:00 a', null],
    ['10:30 p.m.', null],
    ['2026-11-23 08:00', null],
    ['-8:00', null],
  ])('%j', (text, milliseconds) => {
    expect(parseTimeOnly(text)).toBe(milliseconds)
  })
})
