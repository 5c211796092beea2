import type { Example } from './Example.js'

/** The programs under `@example` in the comments of a TypeScript file. */
export const readComments = (file: string, source: string): ReadonlyArray<Example> =>
  Array.from(source.matchAll(/\/\*\*[^]*?\*\//g)).flatMap(({ 0: comment, index }) => {
    const firstLine = source.slice(0, index).split('\n').length
    const lines = comment
      .replace(/\s*\*\/$/, '')
      .split('\n')
      .map(line => line.replace(/^\s*\/?\*+ ?/, ''))
    return lines.flatMap((line, at) => {
      if (line.trim() !== '@example') return []
      const rest = lines.slice(at + 1)
      const end = rest.findIndex(other => /^@[a-z]/.test(other))
      const code = rest.slice(0, end === -1 ? undefined : end).join('\n')
      return [{ file, line: firstLine + at + 1, code: code.trimEnd() }]
    })
  })
