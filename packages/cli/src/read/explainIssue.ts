/**
 * What is wrong with a body, and where.
 *
 * @internal
 */
import { type TaskError, showTaskError } from '@task-outcome/core'
import { type JsonPointer, locate, textPosition } from '@task-outcome/core/json'
import { isHar } from '../input/har.js'
import { caretAt } from '../output/caret.js'
import { visible } from '../output/visible.js'
import { type DecodedBody, textOf } from './decodeBody.js'

/** How many positions are shown of one body. */
const mostPositions = 5

/**
 * Returns the error in a sentence, and the line of each issue with a caret below it: of the body alone, because the text around
 * it, such as the rest of a log line, can have secrets.
 */
export const explainIssue = ({ body, issue }: DecodedBody): string => {
  if (issue === undefined) return ''
  const prefix = body.source === '' ? '' : `${visible(body.source)}: `
  if (issue._tag === 'Unclear') return `${prefix}${issue.message}\n`
  const { error } = issue
  const text = textOf(body.content)
  // A broken HTTP archive has the cookies and the signatures of every request.
  const isSafe = !isHar(text)
  const shown = placesOf(error, text).map(({ offset, pointer }) => {
    const whole = body.within?.text ?? text
    const at = (body.within?.offset ?? 0) + offset
    const { line, column } = textPosition(whole, at)
    const name = pointer === undefined || pointer === '' ? '' : `, ${visible(pointer)}`
    return `  line ${line}, column ${column}${name}\n${isSafe ? `${indent(caretAt(text, offset))}\n` : ''}`
  })
  return `${prefix}${showTaskError(error)}\n${shown.join('')}`
}

const indent = (lines: string): string => lines.replace(/^/gm, '    ')

interface Place {
  readonly offset: number
  readonly pointer: JsonPointer.JsonPointer | undefined
}

const placesOf = (error: TaskError, text: string): ReadonlyArray<Place> => {
  switch (error._tag) {
    case 'MalformedJson':
      return [{ offset: error.offset, pointer: undefined }]
    case 'ShapeError':
    case 'ContractViolation':
      return [...error.issues, ...error.alsoFound]
        .flatMap(issue => ('path' in issue ? [issue.path] : []))
        .slice(0, mostPositions) // before they are located, which reads the text each time
        .map(pointer => ({ offset: locate(text, pointer).offset, pointer }))
    default:
      return []
  }
}
