/**
 * A way from the text of a response to what a program goes on with.
 */
export interface Decoder {
  readonly name: string
  /** How it is set up, for the page. */
  readonly setUp: string
  readonly ordinary: (text: string) => unknown
  readonly batch: (text: string) => unknown
  /** Every task id that the caller of `batch` has in the end, digit for digit as it came out. */
  readonly taskIds: (text: string) => ReadonlyArray<string>
}

/** What the other libraries make sure of: the fields are there and of their types. */
export interface Codecs {
  readonly ordinary: (value: unknown) => OrdinaryResponse | undefined
  readonly batch: (value: unknown) => BatchResponse | undefined
}

export interface OrdinaryResponse {
  readonly code: number
  readonly requestId?: WrittenId | undefined
}

export interface BatchResponse {
  readonly code: number
  readonly detail: Readonly<Record<string, OrdinaryResponse>>
}

type WrittenId = string | number | bigint

/** A JSON parser, and codecs for its results. */
export const decoderOf = (
  name: string,
  setUp: string,
  parse: (text: string) => unknown,
  codecs: Codecs,
): Decoder => {
  const batch = (text: string): BatchResponse | undefined => {
    const value = parsed(parse, text)
    return value === undefined ? undefined : codecs.batch(value)
  }
  return {
    name,
    setUp,
    ordinary: text => {
      const value = parsed(parse, text)
      return value === undefined ? undefined : codecs.ordinary(value)
    },
    batch,
    taskIds: text =>
      Object.values(batch(text)?.detail ?? {}).flatMap(({ requestId }) =>
        requestId === undefined ? [] : [showId(requestId)],
      ),
  }
}

const parsed = (parse: (text: string) => unknown, text: string): unknown => {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

/** In plain digits, as a program would send it back: `String` writes numbers from 10²¹ on with an exponent. */
const showId = (id: WrittenId): string => (typeof id === 'number' ? BigInt(id).toString() : String(id))
