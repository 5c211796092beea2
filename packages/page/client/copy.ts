import type { CopiedIds } from '../src/view/exportRows.js'
import type { Model } from './Model.js'

/** Copies text. Returns whether the browser allowed it; the clipboard of `navigator` needs a page from this machine or of HTTPS. */
export const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    const focused = document.activeElement
    area.value = text
    document.body.append(area)
    area.select()
    try {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- what else there is for pages of plain HTTP
      return document.execCommand('copy')
    } finally {
      area.remove()
      if (focused instanceof HTMLElement) focused.focus()
    }
  }
}

/** Copies ids, a line each, and says how many. */
export const copyLines = async (
  { status }: Pick<Model, 'status'>,
  { text, copied, left }: CopiedIds,
): Promise<void> => {
  const done = await copy(text)
  status.value = done
    ? `Copied ${copied} ${copied === 1 ? 'id' : 'ids'}.${left === 0 ? '' : ` Left out ${left} with invisible characters: they are in the JSON.`}`
    : 'The browser did not allow to copy.'
}
