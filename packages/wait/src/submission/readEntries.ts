/**
 * Reads the outcome of a batch from a caller's input, which can be anything in untyped code.
 *
 * @internal
 */
import { type BatchEntry, RejectedEntry } from '@task-outcome/core'
import { acceptedEntryCodec } from '@task-outcome/core/codec'
import * as t from 'io-ts'
import { describe } from '../result/describe.js'

export interface ReadItems<A> {
  /** Every item that could be read. */
  readonly items: ReadonlyArray<A>
  /** The first issue; absent if everything could be read. */
  readonly issue?: string
}

/** Reads every entry of an outcome, in the order of the body, even if a resource is both accepted and rejected. */
export const readEntries = <Extra>(outcome: unknown): ReadItems<BatchEntry<Extra>> => {
  if (typeof outcome !== 'object' || outcome === null)
    return { items: [], issue: `expected a BatchOutcome, found ${describe(outcome)}` }
  const { _tag, accepted, rejected } = outcome as Readonly<Record<string, unknown>>
  const read = [
    readItems('accepted', accepted, isAccepted<Extra>),
    readItems<BatchEntry<Extra>>('rejected', rejected, RejectedEntry.is),
  ]
  const items = read.flatMap(part => part.items).sort((one, other) => one.position - other.position)
  const issue = read.find(part => part.issue !== undefined)?.issue
  if (!isOutcomeTag(_tag)) return { items, issue: `expected a BatchOutcome, found ${describe(outcome)}` }
  if (issue !== undefined) return { items, issue }
  return items.length > 0 ? { items } : { items, issue: `expected at least one entry in ${_tag}, found none` }
}

/** Reads an array whose items must satisfy `is`, each property once. An absent array is empty. */
export const readItems = <A>(
  name: string,
  array: unknown,
  is: (item: unknown) => item is A,
): ReadItems<A> => {
  if (array === undefined) return { items: [] }
  if (!Array.isArray(array))
    return { items: [], issue: `${name}: expected an array, found ${describe(array)}` }
  const all = itemsOf(array)
  const items = all.filter(is)
  if (items.length === all.length) return { items }
  const index = all.findIndex(item => !is(item))
  return {
    items,
    issue: `${name}: item ${index}: found ${describe(all[index])} that does not match its type`,
  }
}

/** Copies the items, since a getter can return something else, or throw, when it is read again. */
export const itemsOf = (array: unknown[]): ReadonlyArray<unknown> =>
  Array.from(array, item =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? { ...item } : item,
  )

const tags = ['AllAccepted', 'PartlyAccepted', 'AllRejected'] as const

const isOutcomeTag = (tag: unknown): tag is (typeof tags)[number] => tags.some(known => known === tag)

const AnyAccepted = acceptedEntryCodec(t.unknown)

const isAccepted = <Extra>(item: unknown): item is BatchEntry<Extra> => AnyAccepted.is(item)
