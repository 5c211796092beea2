import type { PageData } from '../src/PageData.js'

/** Reads what `renderPage` has put into the page. */
export const readData = async (): Promise<PageData> => {
  const packed = atob(document.getElementById('data')?.textContent ?? '')
  const bytes = Uint8Array.from(packed, character => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return JSON.parse(await new Response(stream).text()) as PageData
}
