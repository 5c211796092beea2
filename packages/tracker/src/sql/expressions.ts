/**
 * Parts of statements.
 *
 * @internal
 */

/** A time in milliseconds since 1970. */
export const inMs = (time: string): string => `(extract(epoch from ${time}) * 1000)::float8`

/** An interval of so many milliseconds. */
export const ofMs = (ms: string): string => `(${ms} * interval '1 millisecond')`

/** A parameter that is the text of a JSON array of strings, as an array. */
export const asArray = (parameter: string): string =>
  `ARRAY(SELECT json_array_elements_text(${parameter}::text::json))`
