/**
 * A program in the documentation.
 */
export interface Example {
  /** The file that shows it, from the root of the workspace. */
  readonly file: string
  /** The line of the file with the program's first line, from 1. */
  readonly line: number
  readonly code: string
  /** Its file name, if the first line names one: `// test/conformance.test.ts`. */
  readonly name?: string
  /** What it prints, if the documentation says so. */
  readonly prints?: string
}
