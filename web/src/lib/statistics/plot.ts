import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Layer } from './stack.ts'

interface Drawing {
  /** Bottom first. */
  layers: readonly Layer[]
  /** Values of the lines behind, rising from 0. */
  grid: readonly number[]
  gridWords: (value: number) => string
  /** Points with a label, and what it says. */
  labels: readonly number[]
  labelWords: (at: number) => string
  /** The device's own colours for text, lines and edges; layers keep theirs. */
  forced: boolean
  /** A finger or a pointer is at this point; null: it left. */
  onmove: (at: number | null) => void
}

export interface Plot {
  /** Puts the cursor on a point, or away. */
  point: (at: number | null) => void
  destroy: () => void
}

/** Draws into an element that has a size, and follows it. Colours are those the tokens have right now. */
export function drawPlot(host: HTMLElement, drawing: Drawing): Plot {
  const { layers, grid, labels } = drawing
  const colour = colours(host, drawing.forced)
  const last = (layers[0]?.values.length ?? 1) - 1
  // The highest first: each lower layer is painted over it, down to the ground.
  const stacked = layers.toReversed()
  const font = `500 11px ${getComputedStyle(host).fontFamily}`

  const plot = new uPlot(
    {
      ...sizeOf(host),
      padding: [8, 20, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: () => (last === 0 ? [-0.5, 0.5] : [0, last]) },
        y: { range: () => [0, grid.at(-1) ?? 1] },
      },
      axes: [
        {
          ...{ font, stroke: colour('--text-3'), size: 22, gap: 6 },
          ...{ grid: { show: false }, ticks: { show: false } },
          splits: () => [...labels],
          values: (_, places) => places.map(drawing.labelWords),
        },
        {
          ...{ font, stroke: colour('--text-3'), size: 40, gap: 6 },
          ...{ grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } },
          splits: () => [...grid],
          values: (_, values) => values.map(drawing.gridWords),
        },
      ],
      series: [
        {},
        ...stacked.map((layer) => ({
          fill: colour(`--c${layer.colour}`),
          stroke: colour('--surface'),
          width: 1,
          // A point between two gaps has no area.
          points: { show: true, size: 6, fill: colour(`--c${layer.colour}`), filter: () => alone(layer.top) },
        })),
      ],
      cursor: {
        y: false,
        drag: { x: false, y: false },
        // A finger is no mouse: both come as pointers, below.
        bind: { mousemove: () => null, mousedown: () => null, mouseup: () => null, mouseleave: () => null },
        points: {
          size: (_, series) => (series === 1 ? 10 : 0),
          width: (_, series) => (series === 1 ? 2 : 0),
          stroke: colour('--text'),
          fill: colour('--surface'),
        },
      },
    },
    [Array.from({ length: last + 1 }, (_, at) => at), ...stacked.map(({ top }) => [...top])],
    host,
  )

  let pointed: number | null = null
  const point = (at: number | null) => {
    pointed = at
    const left = at === null ? -10 : plot.valToPos(at, 'x')
    plot.setCursor({ left, top: at === null ? -10 : 0 }, false)
  }
  const follow = (event: PointerEvent) => {
    const at = Math.min(last, Math.max(0, plot.posToIdx(event.clientX - plot.over.getBoundingClientRect().left)))
    drawing.onmove(at)
  }
  const leave = (event: PointerEvent) => {
    // What a finger chose is read after it was lifted.
    if (event.pointerType === 'mouse') drawing.onmove(null)
  }
  plot.over.addEventListener('pointerdown', follow)
  plot.over.addEventListener('pointermove', follow)
  plot.over.addEventListener('pointerleave', leave)
  const watch = new ResizeObserver(() => {
    plot.setSize(sizeOf(host))
    point(pointed)
  })
  watch.observe(host)
  return {
    point,
    destroy: () => {
      watch.disconnect()
      plot.destroy()
    },
  }
}

function sizeOf(host: HTMLElement): { width: number; height: number } {
  return { width: host.clientWidth, height: host.clientHeight }
}

const FORCED: Readonly<Record<string, string>> = {
  '--text': 'CanvasText',
  '--text-3': 'CanvasText',
  '--surface': 'CanvasText',
  '--line': 'GrayText',
}

/** A canvas knows no tokens: an element is asked what colour one is. */
function colours(host: HTMLElement, forced: boolean): (token: string) => string {
  return (token) => {
    const own = forced ? FORCED[token] : undefined
    if (own !== undefined) return own
    const probe = document.createElement('i')
    probe.style.color = `var(${token})`
    host.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  }
}

function alone(values: readonly (number | null)[]): number[] {
  return values.flatMap((value, at) =>
    value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null ? [at] : [],
  )
}
