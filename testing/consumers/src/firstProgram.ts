/**
 * The first instructions of a README: what to install, and the program to run.
 */
export interface FirstProgram {
  /** The words after `npm install` of each command, in the order of the text. */
  readonly installs: ReadonlyArray<ReadonlyArray<string>>
  /** The file that the text says to save the program as. */
  readonly fileName: string
  readonly code: string
  readonly prints: string
}

export const firstProgram = (readme: string): FirstProgram => {
  const install = section(readme, 'Install')
  const first = section(readme, 'A first program')
  return {
    installs: Array.from(`${install}\n${first}`.matchAll(/^npm install (.+)$/gm), ([, words = '']) =>
      words.split(/\s+/),
    ),
    fileName: find(first, /Save this as `(first\.m[jt]s)`/, 'a file name'),
    code: find(first, /^```ts\n([^]*?)^```$/m, 'a program'),
    prints: find(first, /^It prints:\n\n```\n([^]*?)^```$/m, 'what it prints'),
  }
}

const section = (readme: string, title: string): string => {
  const [, text] = readme.split(`\n## ${title}\n`)
  if (text === undefined) throw new Error(`The README has no section "${title}"`)
  return text.split('\n## ', 1).join('')
}

const find = (text: string, pattern: RegExp, what: string): string => {
  const found = pattern.exec(text)?.[1]
  if (found === undefined) throw new Error(`The section "A first program" does not say ${what}`)
  return found
}
