/**
 * Reads the body of a request without losing a digit.
 */
import { type JsonValue, parseJson, textPosition, toPlain } from '@task-outcome/core/json'
import * as E from 'fp-ts/lib/Either.js'

/**
 * Reads UTF-8 as JSON. An integer that a number can't hold becomes a `bigint`. What readers understand differently is an issue: a
 * repeated member, and a fraction that a number can't hold.
 */
export const readBody = (bytes: Uint8Array): E.Either<string, unknown> => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return E.left('expected UTF-8')
  }
  const parsed = parseJson(text)
  if (E.isLeft(parsed)) {
    const { offset, expected } = parsed.left
    const { line, column } = textPosition(text, offset)
    return E.left(`line ${line}, column ${column}: expected ${expected}`)
  }
  const { value, tooDeepAt } = parsed.right
  if (tooDeepAt !== undefined) return E.left('the body is nested deeper than 512 levels')
  const issues: string[] = []
  const plain = plainOf(value, '', issue => void issues.push(issue))
  const [issue] = issues
  return issue === undefined ? E.right(plain) : E.left(issue)
}

const plainOf = (value: JsonValue, path: string, onIssue: (issue: string) => void): unknown => {
  if (value === null || typeof value !== 'object') return value
  switch (value._tag) {
    case 'JsonNumber': {
      const isInteger = /^-?\d+$/.test(value.literal)
      if (isInteger && !Number.isSafeInteger(Number(value.literal))) return BigInt(value.literal)
      const number = toPlain(value)
      if (typeof number === 'number') return number
      onIssue(`${path}: expected a number without lost digits; pass a string`)
      return 0
    }
    case 'JsonArray':
      return value.items.map((item, index) => plainOf(item, `${path}/${index}`, onIssue))
    case 'JsonObject': {
      const members = value.members.map(
        member => [member.name, plainOf(member.value, `${path}/${member.name}`, onIssue)] as const,
      )
      if (new Set(members.map(([name]) => name)).size < members.length)
        onIssue(`${path === '' ? 'the body' : path}: duplicate members`)
      // Own members whatever their names, `__proto__` also.
      return Object.fromEntries(members)
    }
  }
}
