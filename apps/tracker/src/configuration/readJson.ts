import * as E from 'fp-ts/lib/Either.js'
import type { Static, TSchema } from 'typebox'
import Value from 'typebox/value'
import { showIssues } from './showIssues.js'

/** Reads JSON of a schema. An issue says where it is, and never what is there. */
export const readJson =
  <S extends TSchema>(schema: S) =>
  (text: string): E.Either<string, Static<S>> => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return E.left('expected JSON')
    }
    if (Value.Check(schema, value)) return E.right(value)
    return E.left(showIssues(Value.Errors(schema, value)))
  }
