import { expect, test } from 'vitest'
import { issueAt, showRequestIssue } from './RequestIssue.js'

test('shows where an issue is, and what it is', () => {
  expect(showRequestIssue(issueAt('expected a name', 'parameters', 'a/b', 0))).toBe(
    '/parameters/a~1b/0: expected a name',
  )
})
