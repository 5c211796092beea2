/**
 * The task ids in a body, or in the part of one that has arrived.
 *
 * An outcome that turns out to be an error after all, because of the HTTP status or of a codec, has its body read again:
 * it does not hold every id as it stood there, and this happens seldom.
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import { readJsonDocument } from '../json/JsonDocument.js'
import { type RecoveredTask, recoverTasks } from '../wire/RecoveredTask.js'
import { recoverFromText } from '../wire/recoverFromText.js'

export const recoverFromBody = (body: string | Uint8Array): ReadonlyArray<RecoveredTask> => {
  const document = readJsonDocument(body)
  return E.isLeft(document) ? recoverFromText(document.left.text) : recoverTasks(document.right.root)
}
