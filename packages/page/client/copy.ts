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
