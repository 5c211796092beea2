/**
 * A response without an outcome → what a page shows of it.
 *
 * @since 0.1.0
 */
import { type TaskError, showTaskError } from '@task-outcome/core'
import { type JsonPointer, locate } from '@task-outcome/core/json'
import type { PageIssue, PageResponse } from './PageData.js'

/** How many UTF-16 code units of a response a page has. */
const maxTextLength = 200_000

/** How many issues are shown of one response: to find each one, its text is read once. */
const maxIssues = 20

/**
 * Describes a response that has no outcome: the error in a sentence, each issue with its line, its column and a caret, and the task
 * ids that could be read. Without the body the positions are missing, except that of a syntax error.
 *
 * @example
 * import { decodeBatchTask } from '@task-outcome/core'
 * import { describeResponse } from '@task-outcome/page'
 *
 * const body = '{"code":0,"detail":{"ins-1":7}}'
 * const decoded = decodeBatchTask(body)
 * if (decoded._tag === 'Left') describeResponse(decoded.left, { body }).issues
 * // [{ message: 'expected an object, found …', pointer: '/detail/ins-1', line: 1, column: 29, excerpt: '…' }]
 *
 * @category constructors
 * @since 0.1.0
 */
export const describeResponse = (
  error: TaskError,
  options: { readonly body?: string | Uint8Array | undefined; readonly source?: string | undefined } = {},
): PageResponse => {
  const { body, source = '' } = options
  const text = body === undefined ? undefined : textOf(body)
  return {
    source,
    error: showTaskError(error),
    issues: issuesOf(error, text),
    recovered: error.recovered.map(({ taskId, resourceId, code }) => ({
      task: taskId,
      ...(resourceId === undefined ? {} : { resource: resourceId }),
      ...(code === undefined ? {} : { code }),
    })),
    ...(text === undefined ? {} : { text: text.slice(0, maxTextLength) }),
  }
}

/** The text of a body, with a replacement for bytes that are not UTF-8: to show it, never to read ids from it. */
export const textOf = (body: string | Uint8Array): string =>
  typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)

const issuesOf = (error: TaskError, text: string | undefined): ReadonlyArray<PageIssue> => {
  switch (error._tag) {
    case 'MalformedJson': {
      const { line, column, excerpt, expected, found } = error
      return [{ message: `expected ${expected}, found ${found}`, line, column, excerpt }]
    }
    case 'ShapeError':
    case 'ContractViolation':
      return [...error.issues, ...error.alsoFound]
        .slice(0, maxIssues)
        .map(issue => ({ message: messageOf(issue), ...placeOf(issue, text) }))
    default:
      return []
  }
}

type Issue = Extract<TaskError, { readonly _tag: 'ShapeError' }>['alsoFound'][number]

const placeOf = (issue: Issue, text: string | undefined): Omit<PageIssue, 'message'> => {
  if (!('path' in issue)) return {}
  const pointer: JsonPointer.JsonPointer = issue.path
  if (text === undefined) return { pointer }
  const { line, column, excerpt } = locate(text, pointer)
  return { pointer, line, column, excerpt }
}

const messageOf = (issue: Issue): string => {
  switch (issue._tag) {
    case 'ShapeIssue':
      return issue.message ?? `expected ${issue.expected}, found ${issue.found}`
    case 'MissingTaskId':
      return 'code 0 without a task id'
    case 'MissingEntries':
      return `code ${issue.code} without entries`
    case 'CodeMismatch':
      return `code ${issue.code} with ${issue.accepted} accepted and ${issue.rejected} rejected`
    case 'DuplicateMember':
      return `duplicate member with ${issue.values.length} different values`
    case 'FormatMismatch':
      return `expected the ${issue.requested} format, found the ${issue.received} format`
    case 'StatusMismatch':
      return `HTTP ${issue.httpStatus} with a task in the body`
    case 'ResourceMismatch':
      return `${issue.missing.length} missing, ${issue.unrequested.length} not requested`
    case 'Rejection':
      return `rejected: ${issue.code}, ${issue.meaning}`
  }
}
