/**
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import { isPlainObject } from '../request/plainObject.js'
import { type RequestIssue, issueAt } from '../request/RequestIssue.js'

/** Looks up the description of an action. */
export const described = <Action>(
  actions: Readonly<Record<string, Action>> | null | undefined,
  name: string,
): E.Either<RequestIssue, Action> =>
  isPlainObject(actions) && Object.hasOwn(actions, name)
    ? E.right(actions[name] as Action)
    : E.left(issueAt(`expected an action that is described, found ${shown(name)}`, 'action'))

const shown = (name: unknown): string =>
  typeof name === 'string' ? JSON.stringify(name.slice(0, 60)) : typeof name
