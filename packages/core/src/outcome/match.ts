/**
 * A `switch` on `_tag` as an expression.
 *
 * @since 0.1.0
 */

/**
 * Calls the function that is named like the `_tag` of a value, and returns its result. It takes every union of this project: an
 * outcome, the state of a task, an error, an `Either`. A missing case does not compile, nor does one that the union lacks. The
 * cases can return different types.
 *
 * @typeParam Value - the union, discriminated by `_tag`
 * @typeParam Cases - a function for each tag, which gets the member with this tag
 *
 * @example
 * import { type BatchOutcome, match } from '@task-outcome/core'
 *
 * const summary = (outcome: BatchOutcome): string =>
 *   match(outcome, {
 *     AllAccepted: ({ accepted }) => `${accepted.length} tasks started`,
 *     PartlyAccepted: ({ accepted, rejected }) => `${accepted.length} tasks started, ${rejected.length} rejected`,
 *     AllRejected: ({ rejected }) => `nothing started: ${rejected[0].meaning}`,
 *   })
 *
 * @category destructors
 * @since 0.1.0
 */
export const match = <
  Value extends { readonly _tag: string },
  Cases extends {
    readonly [Tag in Value['_tag']]: (value: Extract<Value, { readonly _tag: Tag }>) => unknown
  },
>(
  value: Value,
  cases: Cases & Readonly<Record<Exclude<keyof Cases, Value['_tag']>, never>>,
): ReturnType<Cases[Value['_tag']]> => {
  const tag: Value['_tag'] = value._tag
  // The tag and the member belong together, which TypeScript cannot follow.
  const onTag = cases[tag] as (value: Value) => ReturnType<Cases[Value['_tag']]>
  return onTag(value)
}
