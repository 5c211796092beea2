/**
 * What is wrong with a body, and where.
 *
 * @internal
 */
import { type TaskError, showTaskError } from '@task-outcome/core'
import { type JsonPointer, locate, textPosition } from '@task-outcome/core/json'
import { caretAt } from '../output/caret.js'
import { visible } from '../output/visible.js'
import { type DecodedBody, textOf } from './decodeBody.js'

/** How many positions are shown of one body. */
const mostPositions = 5

/** Returns the error in a sentence, and the line of each issue with a caret below it. */
export const explainIssue = ({ body, issue }: DecodedBody): string => {
  if (issue === undefined) return ''
  const prefix = body.source === '' ? '' : `${visible(body.source)}: `
  if (issue._tag === 'Unclear') return `${prefix}${issue.message}\n`
  const { error } = issue
  const text = textOf(body.content)
  const places = placesOf(error, text)
  const shown = places.slice(0, mostPositions).map(({ offset, pointer }) => {
    const whole = body.within?.text ?? text
    const at = (body.within?.offset ?? 0) + offset
    const { line, column } = textPosition(whole, at)
    const name = pointer === undefined || pointer === '' ? '' : `, ${visible(pointer)}`
    return `  line ${line}, column ${column}${name}\n${indent(caretAt(whole, at))}\n`
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
      return [...error.issues, ...error.alsoFound].flatMap(issue => {
        if (!('path' in issue)) return []
        const { offset } = locate(text, issue.path)
        return [{ offset, pointer: issue.path }]
      })
    default:
      return []
  }
}
