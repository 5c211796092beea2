import type { Example } from './Example.js'
import { type Fenced, fencedBlocks } from './fencedBlocks.js'

/**
 * The programs of a Markdown file: its blocks that are tagged `ts`. A block before a line "It prints:" and an untagged
 * block is a program with an output.
 */
export const readMarkdown = (file: string, markdown: string): ReadonlyArray<Example> => {
  const lines = markdown.split(/\r?\n/)
  const blocks = fencedBlocks(file, lines)
  for (const { language, begin } of blocks)
    if (/^(typescript|javascript|tsx|[cm]?js|[cm]ts)$/i.test(language))
      throw new Error(`${file}:${begin + 1}: a block tagged ${language} is not checked, one tagged ts is`)

  const outputs = new Map<Fenced, string>()
  lines.forEach((line, at) => {
    if (line.trim() !== 'It prints:' || blocks.some(({ begin, end }) => begin < at && at < end)) return
    const program = blocks.find(({ end }) => end < at && isBlank(lines, end + 1, at))
    const output = blocks.find(({ begin }) => begin > at && isBlank(lines, at + 1, begin))
    if (program?.language !== 'ts' || output?.language !== '')
      throw new Error(
        `${file}:${at + 1}: expected "It prints:" between a block tagged ts and an untagged one`,
      )
    outputs.set(program, output.text)
  })

  return blocks
    .filter(({ language }) => language === 'ts')
    .map(block => {
      const name = /^\/\/ ([\w./-]+\.ts)$/m.exec(block.text.split('\n', 1)[0] ?? '')?.[1]
      const prints = outputs.get(block)
      return {
        file,
        line: block.begin + 2,
        code: block.text,
        ...(name === undefined ? {} : { name }),
        ...(prints === undefined ? {} : { prints }),
      }
    })
}

const isBlank = (lines: ReadonlyArray<string>, from: number, to: number): boolean =>
  lines.slice(from, to).every(line => line.trim() === '')
