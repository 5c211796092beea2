/**
 * A hostile response: older versions of fp-ts overflow the stack if arrays this long are passed to some of their functions.
 */
import { decodeBatchTaskWith } from '@task-outcome/core'
import * as t from 'io-ts'

const ids = Array.from({ length: 200_000 }, () => '"x"').join(',')
const entry = `{"code":0,"requestId":1,"ids":[${ids}]}`
const result = decodeBatchTaskWith({ entry: t.type({ ids: t.array(t.number) }) })(
  `{"code":0,"detail":{"a":${entry},"b":${entry}}}`,
)
console.log(result._tag === 'Left' && result.left._tag === 'ShapeError' && result.left.issues.length)
