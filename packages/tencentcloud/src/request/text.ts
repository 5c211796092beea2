/**
 * The texts of a request, which must not break out of their place in a header or a signed string.
 *
 * @internal
 */
import { type RequestIssue, issueAt } from './RequestIssue.js'

export interface Text {
  readonly pattern: RegExp
  readonly expected: string
}

export const word: Text = {
  pattern: /^[\w-]+$/,
  expected: 'a non-empty string of letters, digits, "_" and "-"',
}

export const visible: Text = {
  pattern: /^[!-~]+$/,
  expected: 'a non-empty string of visible ASCII characters',
}

export const textIssue = (
  value: unknown,
  { pattern, expected }: Text,
  ...path: ReadonlyArray<string>
): RequestIssue | undefined =>
  typeof value === 'string' && pattern.test(value) ? undefined : issueAt(`expected ${expected}`, ...path)

/** Returns the first issue of several texts of a request; those that are `undefined` and optional are skipped. */
export const firstTextIssue = (
  texts: ReadonlyArray<readonly [name: string, value: unknown, text: Text]>,
): RequestIssue | undefined => {
  for (const [name, value, text] of texts) {
    const issue = textIssue(value, text, name)
    if (issue !== undefined) return issue
  }
  return undefined
}
