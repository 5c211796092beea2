import type { ComponentChild } from 'preact'
import type { RowState } from '../src/RowState.js'
import { signs } from './states.js'

export const Sign = ({ state }: { readonly state: RowState }): ComponentChild => (
  <span class={`sign ${state}`} aria-hidden="true">
    {signs[state]}
  </span>
)
