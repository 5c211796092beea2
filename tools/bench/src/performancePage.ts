/**
 * docs/internals/performance.md: each of its parts is written by a command of its own, and is between two comments.
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

What it costs to have every task id and a typed outcome, beside \`JSON.parse\` and other libraries. The page is written by \`npm run bench -- decode --write\` and \`npm run bench -- adapters --write\`; without \`--write\` they print the numbers. Each takes about two minutes. Times differ from machine to machine, and from run to run: look at the ratios. What takes the time, and what was done about it: [profile](profile.md).`

const opening = (name: PerformancePart): string => `<!-- ${name} -->`
const closing = (name: PerformancePart): string => `<!-- /${name} -->`

const partOf = (page: string, name: PerformancePart): string =>
  page.split(opening(name))[1]?.split(closing(name))[0]?.trim() ?? ''
