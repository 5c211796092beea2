/**
 * What the structure of the codecs does not show: the codecs that are functions, and the predicates of refinements. Everything
 * else in a schema is read from the codecs.
 */
import { Json, JsonRecord, ResourceId, TaskId } from '@task-outcome/core'
import type * as t from 'io-ts'
import type { JsonSchema } from './JsonSchema.js'

/** A codec without a structure, as a schema. */
export const leaves: ReadonlyMap<t.Mixed, JsonSchema> = new Map<t.Mixed, JsonSchema>([
  [TaskId, { type: 'string', minLength: 1 }],
  [ResourceId, { type: 'string' }],
  [Json, { $comment: 'Nested at most 512 deep.' }],
  [JsonRecord, { type: 'object', $comment: 'Nested at most 512 deep.' }],
])

export interface Refinement {
  /** The part of the predicate that JSON Schema can state. */
  readonly keywords?: JsonSchema
  /** The part that it can't state, for people to read. */
  readonly comment?: string
}

/** What the predicate of a refinement requires, by the name of the refinement. */
export const refinementOf = (name: string): Refinement | undefined =>
  name.startsWith('ReadonlyNonEmptyArray<') ? { keywords: { minItems: 1 } } : refinements[name]

/** `hasNone`: the member is absent, `null` or an empty array. */
const none: JsonSchema = { enum: [null, []] }

const whenTag = (tag: string, ...absent: ReadonlyArray<string>): JsonSchema => ({
  if: { properties: { _tag: { const: tag } } },
  then: { properties: Object.fromEntries(absent.map(name => [name, none])) },
})

const endsOther = (tag: string): JsonSchema => ({
  properties: { end: { properties: { _tag: { not: { const: tag } } } } },
})

const resultKeywords = {
  allOf: [
    {
      if: { properties: { resources: { maxItems: 0 } } },
      then: endsOther('Settled'),
      else: endsOther('NothingToSubmit'),
    },
    {
      properties: {
        resources: {
          items: {
            allOf: [
              whenTag('ResourceAccepted', 'recovered'),
              whenTag('ResourceSucceeded', 'recovered'),
              whenTag('ResourceFailed', 'recovered'),
              whenTag('ResourcePending', 'recovered'),
              whenTag('ResourceRejected', 'accepted', 'recovered'),
              whenTag('ResourceInDoubt', 'accepted'),
              whenTag('ResourceNotSubmitted', 'accepted', 'recovered', 'rejections'),
            ],
          },
        },
      },
    },
  ],
}
const resultComment =
  'Each resourceId occurs once in resources. The accepted entry and the rejected entries of a resource have its resourceId.'

const status = (tag: string): JsonSchema => ({
  allOf: [{ properties: { status: { properties: { _tag: { const: tag } } } } }],
})

const refinements: Readonly<Record<string, Refinement>> = {
  integer: {
    keywords: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
  },
  'an integer of at least 0': { keywords: { minimum: 0 } },
  'a code other than 0': { keywords: { not: { enum: [0, ''] } } },
  SubmissionError: { keywords: { not: { required: ['operation'] } } },
  ResourceMismatch: {
    keywords: {
      anyOf: [{ properties: { missing: { minItems: 1 } } }, { properties: { unrequested: { minItems: 1 } } }],
    },
  },
  BatchOutcome: {
    keywords: { allOf: [whenTag('AllAccepted', 'rejected'), whenTag('AllRejected', 'accepted')] },
    comment:
      'Each resourceId occurs once. The positions of all entries are 0, 1, 2 and so on, each once, in ascending order within accepted and within rejected.',
  },
  Rejected: { keywords: { properties: { _tag: { const: 'Rejected' } } } },
  WaitResult: {
    keywords: {
      allOf: [whenTag('AllFinished', 'pending'), whenTag('NothingToWaitFor', 'finished', 'pending')],
    },
    comment:
      'No two tasks in finished and pending are the same: their taskId differs, or both have resourceIds and share none.',
  },
  ResourceSucceeded: { keywords: status('Succeeded') },
  ResourceFailed: { keywords: status('Failed') },
  SubmissionResult: { keywords: resultKeywords, comment: resultComment },
  JobResult: { keywords: resultKeywords, comment: resultComment },
}
