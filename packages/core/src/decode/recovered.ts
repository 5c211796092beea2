/**
 * Recovers the task ids in a body, complete or partial.
 *
 * If an outcome becomes an error later, because of the HTTP status or a codec, its body is read again: the outcome does not hold
 * every id, and this case is rare.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { readJsonDocument } from '../json/JsonDocument.js'
import type { JsonValue } from '../json/JsonValue.js'
import type { RecoveredTask } from '../wire/RecoveredTask.js'
import { recoverFromDocument, recoverFromText } from '../wire/recoverFromText.js'
import { taskIdNames } from '../wire/TaskIdPath.js'

/**
 * Finds every task id in the text or bytes of a body: complete or truncated, JSON or not. Returns what `recovered` of an error
 * contains.
 *
 * @example
 * import { recoverFromBody } from '@task-outcome/core'
 *
 * recoverFromBody('Notice: … {"code":0,"requestId":17}') // [{ taskId: '17', path: '/requestId', code: 0 }]
 *
 * @category decoding
 * @since 0.1.0
 */
export const recoverFromBody = (body: string | Uint8Array): ReadonlyArray<RecoveredTask> =>
  recoverFromBodyWith(() => taskIdNames)(body)

/**
 * {@link recoverFromBody} for a format in which other members hold task ids.
 *
 * @internal
 */
export const recoverFromBodyWith =
  (idNamesOf: (root: JsonValue | undefined) => ReadonlySet<string>) =>
  (body: string | Uint8Array): ReadonlyArray<RecoveredTask> => {
    const document = readJsonDocument(body)
    return E.isLeft(document)
      ? recoverFromText(document.left.text, idNamesOf(undefined))
      : recoverFromDocument(document.right, idNamesOf(document.right.root))
  }
