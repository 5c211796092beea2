/** A fenced block of a Markdown file. */
export interface Fenced {
  readonly language: string
  readonly text: string
  /** Of the opening fence, from 0. */
  readonly begin: number
  /** Of the closing fence, from 0. */
  readonly end: number
}

/** Returns the fenced blocks of a Markdown file, in order. Throws if a block does not end. */
export const fencedBlocks = (file: string, lines: ReadonlyArray<string>): ReadonlyArray<Fenced> => {
  const blocks: Fenced[] = []
  let open: { readonly fence: string; readonly language: string; readonly begin: number } | undefined
  lines.forEach((line, at) => {
    const [, fence = '', language = ''] = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)/.exec(line) ?? []
    if (fence === '') return
    if (open === undefined) open = { fence, language, begin: at }
    else if (fence.startsWith(open.fence) && language === '') {
      const { begin } = open
      blocks.push({
        language: open.language,
        text: lines.slice(begin + 1, at).join('\n'),
        begin,
        end: at,
      })
      open = undefined
    }
  })
  if (open !== undefined) throw new Error(`${file}:${open.begin + 1}: the block does not end`)
  return blocks
}
