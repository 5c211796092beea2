/**
 * The task ids in a body, or in the part of one that has arrived.
 *
 * An outcome that turns out to be an error after all, because of the HTTP status or of a codec, has its body read again:
 * it does not hold every id as it stood there, and this happens seldom.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { readJsonDocument } from '../json/JsonDocument.js'
import { type RecoveredTask, recoverTasks } from '../wire/RecoveredTask.js'
import { recoverFromText } from '../wire/recoverFromText.js'

/**
 * Finds every task id in the text or bytes of a body, whole or cut off, JSON or not, as the `recovered` of errors has them.
 *
 * @example
 * import { recoverFromBody } from '@task-outcome/core'
 *
 * recoverFromBody('Notice: … {"code":0,"requestId":17}') // [{ taskId: '17', path: '/requestId', code: 0 }]
 *
 * @category decoding
 * @since 0.1.0
 */
export const recoverFromBody = (body: string | Uint8Array): ReadonlyArray<RecoveredTask> => {
  const document = readJsonDocument(body)
  return E.isLeft(document) ? recoverFromText(document.left.text) : recoverTasks(document.right.root)
}
