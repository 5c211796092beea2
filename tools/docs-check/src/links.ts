import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fencedBlocks } from './fencedBlocks.js'

/** Every link of a Markdown page that leads nowhere: to a file that is not there, or to a heading that is not in it. */
export const brokenLinks = (root: string, file: string): ReadonlyArray<string> =>
  linksOf(file, readFileSync(join(root, file), 'utf8')).flatMap(({ target, line }) => {
    if (/^[a-z]+:/.test(target)) return [] // elsewhere
    const [path = '', anchor] = target.split('#')
    const page = path === '' ? file : normalize(join(dirname(file), path))
    const at = `${file}:${line}: ${target}`
    if (!existsSync(join(root, page))) return [`${at}: there is no ${page}`]
    if (anchor === undefined) return []
    if (!page.endsWith('.md') || !statSync(join(root, page)).isFile()) return [`${at}: ${page} is no page`]
    return anchorsOf(page, readFileSync(join(root, page), 'utf8')).has(anchor)
      ? []
      : [`${at}: ${page} has no such heading`]
  })

/** The links and pictures of a page. */
export const linksOf = (
  file: string,
  markdown: string,
): ReadonlyArray<{ readonly target: string; readonly line: number }> =>
  proseOf(file, markdown).flatMap((text, index) =>
    Array.from(text.replace(/`[^`]*`/g, '`…`').matchAll(/\]\(([^()\s]+)\)/g), ([, target = '']) => ({
      target,
      line: index + 1,
    })),
  )

/** The anchors of a page: its headings, as GitHub writes them. */
export const anchorsOf = (file: string, markdown: string): ReadonlySet<string> => {
  const anchors = new Set<string>()
  for (const line of proseOf(file, markdown)) {
    const heading = /^#{1,6} (.+)$/.exec(line)?.[1]
    if (heading === undefined) continue
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{Pc}\s-]/gu, '')
      .trim()
      .replaceAll(' ', '-')
    let number = 0
    while (anchors.has(number === 0 ? anchor : `${anchor}-${number}`)) number++
    anchors.add(number === 0 ? anchor : `${anchor}-${number}`)
  }
  return anchors
}

/** The lines of a page, those of its fenced blocks empty. */
const proseOf = (file: string, markdown: string): ReadonlyArray<string> => {
  const lines = markdown.split(/\r?\n/)
  for (const { begin, end } of fencedBlocks(file, lines)) lines.fill('', begin, end + 1)
  return lines
}
