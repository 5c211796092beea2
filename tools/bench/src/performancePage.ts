/**
 * docs/internals/performance.md: each of its parts is written by its own command, between two comments.
 */
const performanceParts = ['decode', 'adapters'] as const

export type PerformancePart = (typeof performanceParts)[number]

/** The page with one part put in, and the others as they were. */
export const performancePage = (before: string, part: PerformancePart, content: string): string =>
  `${introduction}\n\n${performanceParts
    .map(name => {
      const text = name === part ? content : partOf(before, name)
      return `${opening(name)}\n\n${text === '' ? '' : `${text}\n\n`}${closing(name)}`
    })
    .join('\n\n')}\n`

const introduction = `# Performance

This page shows the cost of complete task ids and typed outcomes, compared with \`JSON.parse\` and other libraries. \`npm run bench -- decode --write\` and \`npm run bench -- adapters --write\` write it; without \`--write\` they print the numbers. Each takes about two minutes. Times differ between machines and between runs, so compare the ratios. [The profile](profile.md) shows where the time goes, and what was done about it.`

const opening = (name: PerformancePart): string => `<!-- ${name} -->`
const closing = (name: PerformancePart): string => `<!-- /${name} -->`

const partOf = (page: string, name: PerformancePart): string =>
  page.split(opening(name))[1]?.split(closing(name))[0]?.trim() ?? ''
