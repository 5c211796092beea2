import type { ComponentChild } from 'preact'
import { visibleParts } from '../src/view/visible.js'

/** Text of a response: invisible characters are shown as escapes, and the direction of the text does not leak out. */
export const Text = ({ of }: { readonly of: string }): ComponentChild => (
  <bdi>
    {visibleParts(of).map((part, index) => (index % 2 === 1 ? <span class="escape">{part}</span> : part))}
  </bdi>
)
