/**
 * How each state looks: a colour of the style, and a sign, since colours are not enough for everybody.
 */
import { type RowState, rowStates } from '../src/RowState.js'

export const signs: Readonly<Record<RowState, string>> = {
  'in-doubt': '?',
  missing: '–',
  'given-up': '…',
  rejected: '×',
  failed: '!',
  'not-submitted': '○',
  'in-progress': '▸',
  accepted: '•',
  succeeded: '✓',
}

export interface Palette {
  readonly states: Readonly<Record<RowState, string>>
  readonly text: string
  readonly onState: string
  readonly line: string
}

/** The colours for canvases, which are those of the style. */
export const readPalette = (): Palette => {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    states: Object.fromEntries(rowStates.map(state => [state, colour(state)])) as Record<RowState, string>,
    text: colour('text'),
    onState: colour('on-state'),
    line: colour('line'),
  }
}
