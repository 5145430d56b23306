import { describe, expect, it } from 'vitest'
import { listed } from '../listed.ts'
import { clock, minuteOf } from './clock.ts'
import { keyed, minuteAt, pulled, stroke } from './lane-pointer.ts'

describe('painting on a lane', () => {
  it('finds the minute under a finger, and stays inside of the day', () => {
    const lane = { left: 50, width: 288 }
    expect(minuteAt(50 + 144, lane)).toBe(720)
    expect(minuteAt(0, lane)).toBe(0)
    expect(minuteAt(999, lane)).toBe(1440)
  })

  it('takes every quarter that a stroke touches, in both directions', () => {
    expect(stroke(1262, 1433)).toEqual({ from: 1260, to: 1440 })
    expect(stroke(100, 50)).toEqual({ from: 45, to: 105 })
    expect(stroke(1440, 1440)).toEqual({ from: 1425, to: 1440 })
  })

  it('pulls one end to the nearest quarter and leaves a quarter', () => {
    expect(pulled({ from: 60, to: 120 }, 'to', 94)).toEqual({ from: 60, to: 90 })
    expect(pulled({ from: 60, to: 120 }, 'from', 400)).toEqual({ from: 105, to: 120 })
    expect(keyed({ from: 60, to: 120 }, 'from', 'ArrowLeft', false)).toEqual({ from: 45, to: 120 })
    expect(keyed({ from: 60, to: 120 }, 'to', 'End', false)).toEqual({ from: 60, to: 1440 })
    expect(keyed({ from: 60, to: 120 }, 'to', 'ArrowRight', true)).toEqual({ from: 60, to: 180 })
    expect(keyed({ from: 60, to: 120 }, 'to', 'Tab', false)).toBeNull()
  })

  it('reads and writes times', () => {
    expect([clock(0), clock(425), clock(1440)]).toEqual(['00:00', '07:05', '24:00'])
    expect([minuteOf('21:00'), minuteOf('24:00'), minuteOf('24:15'), minuteOf('12:60'), minuteOf('')]).toEqual([
      1260,
      1440,
      null,
      null,
      null,
    ])
    expect(listed(['Monday', 'Tuesday', 'Friday'])).toBe('Monday, Tuesday and Friday')
  })
})
