import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** Draws on a canvas, and again if the size or the colours of the page change. The size is in CSS pixels. */
export const useCanvas = (
  heightOf: (width: number) => number,
  draw: (context: CanvasRenderingContext2D, width: number, height: number) => void,
): RefObject<HTMLCanvasElement | null> => {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = ref.current
    const context = canvas?.getContext('2d')
    if (canvas === null || context === null || context === undefined) return
    let drawnWidth = -1
    const redraw = (): void => {
      const width = canvas.parentElement?.clientWidth ?? canvas.clientWidth
      const height = heightOf(width)
      const ratio = devicePixelRatio
      canvas.style.width = `${width}px`
      canvas.style.height = `${height}px`
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      draw(context, width, height)
      drawnWidth = width
    }
    redraw()
    const sizes = new ResizeObserver(() => {
      // It also reports the first size.
      if (canvas.parentElement?.clientWidth !== drawnWidth) redraw()
    })
    if (canvas.parentElement !== null) sizes.observe(canvas.parentElement)
    const colours = matchMedia('(prefers-color-scheme: dark)')
    colours.addEventListener('change', redraw)
    return () => {
      sizes.disconnect()
      colours.removeEventListener('change', redraw)
    }
  })
  return ref
}
