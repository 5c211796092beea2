/**
 * Arbitrary bodies in the two formats: well-formed JSON, otherwise randomly right or wrong, with the positions of their task
 * ids.
 */
import * as fc from 'fast-check'

/** A task id in a body where a format has one. */
interface PlacedId {
  readonly taskId: string
  readonly resourceId?: string
  /** The offset after the literal of the id. */
  readonly end: number
  readonly isNumber: boolean
}

export interface Body {
  readonly text: string
  readonly ids: ReadonlyArray<PlacedId>
}

/** Text with marks: each mark is an id and the offset of its end. */
type Piece = string | { readonly taskId: string; readonly isNumber: boolean; readonly resourceId?: string }

const toBody = (pieces: ReadonlyArray<Piece>): Body => {
  let text = ''
  const ids: PlacedId[] = []
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece
    else ids.push({ ...piece, end: text.length })
  }
  return { text, ids }
}

const whiteSpace = fc.constantFrom('', '', '', ' ', '\n', '\t ', '\r\n')

/** The literal of a string, with or without escapes. */
const stringLiteral = (content: string): fc.Arbitrary<string> =>
  fc.constantFrom(JSON.stringify(content), `"${Array.from(content, escapeAll).join('')}"`)

const escapeAll = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')

const anyString = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    '\ud800',
    '30',
    '4',
    'ins-1',
    'ins-2',
    'code',
    'requestId',
    '/~',
  ),
)

const integerLiteral = fc.oneof(
  fc.nat({ max: 99 }).map(String),
  fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String),
)

const scalar: fc.Arbitrary<string> = fc.oneof(
  anyString.chain(stringLiteral),
  integerLiteral,
  fc.constantFrom(
    'null',
    'true',
    'false',
    '-5',
    '0.0',
    '1e0',
    '12.5',
    '-0',
    '9007199254740993',
    '1e400',
    '""',
    '"0"',
  ),
)

const anyValue: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  {
    weight: 1,
    arbitrary: fc.jsonValue({ maxDepth: 3 }).map(value => JSON.stringify(value)),
  },
)

const code: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('0', '0', '0', '5100', '5400', '4400', '-1') },
  { weight: 1, arbitrary: anyValue },
)

const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: anyString.chain(stringLiteral) },
  { weight: 1, arbitrary: anyValue },
)

const idValue = (resourceId?: string): fc.Arbitrary<ReadonlyArray<Piece>> => {
  const place = resourceId === undefined ? {} : { resourceId }
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .oneof(fc.nat().map(String), anyString)
        .filter(content => content !== '')
        .chain(content =>
          stringLiteral(content).map(literal => [literal, { taskId: content, isNumber: false, ...place }]),
        ),
    },
    {
      weight: 4,
      arbitrary: integerLiteral.map(literal => [literal, { taskId: literal, isNumber: true, ...place }]),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('null', '""', '-5', '12.5', '1e3', '{}', 'false').map(literal => [literal]),
    },
  )
}

/** Members in any order, with duplicates. */
const object = (
  members: ReadonlyArray<fc.Arbitrary<ReadonlyArray<Piece>>>,
): fc.Arbitrary<ReadonlyArray<Piece>> =>
  fc
    .shuffledSubarray([...members], { minLength: Math.max(0, members.length - 1) })
    .chain(chosen => fc.tuple(whiteSpace, ...chosen))
    .map(([space, ...written]) => [
      `{${space}`,
      ...written.flatMap((member, index) => [index === 0 ? '' : `,${space}`, ...member]),
      `${space}}`,
    ])

const member = (
  name: string,
  value: fc.Arbitrary<ReadonlyArray<Piece>>,
): fc.Arbitrary<ReadonlyArray<Piece>> =>
  fc
    .tuple(stringLiteral(name), whiteSpace, value)
    .map(([literal, space, pieces]) => [`${literal}${space}:${space}`, ...pieces])

const plain = (literal: fc.Arbitrary<string>): fc.Arbitrary<ReadonlyArray<Piece>> =>
  literal.map(value => [value])

/** Names that no format defines, so that they have no effect. */
const extra = fc.constantFrom('x', 'dealIds', 'constructor').chain(name => member(name, plain(anyValue)))

const sometimes = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: arbitrary.map(value => [value]) },
  )

const entry = (resourceId?: string): fc.Arbitrary<ReadonlyArray<Piece>> =>
  sometimes(fc.constant(undefined))
    .map(repeats => [
      member('code', plain(code)),
      member('message', plain(text)),
      member('requestId', idValue(resourceId)),
      extra,
      ...repeats.map(() => member('requestId', idValue(resourceId))),
    ])
    .chain(object)

const entries: fc.Arbitrary<ReadonlyArray<Piece>> = fc
  .array(anyString, { maxLength: 4 })
  .chain(names =>
    fc.tuple(
      ...names.map(name =>
        fc.oneof(
          { weight: 9, arbitrary: member(name, entry(name)) },
          // A scalar under that name would be an id.
          { weight: 1, arbitrary: member(name, plain(name === 'requestId' ? fc.constant('true') : scalar)) },
        ),
      ),
    ),
  )
  .map(members => ['{', ...members.flatMap((pieces, index) => [index === 0 ? '' : ',', ...pieces]), '}'])

const entryList: fc.Arbitrary<ReadonlyArray<Piece>> = fc
  .array(entry(), { maxLength: 2 })
  .map(items => ['[', ...items.flatMap((pieces, index) => [index === 0 ? '' : ',', ...pieces]), ']'])

const detail = fc.oneof(
  { weight: 8, arbitrary: entries },
  { weight: 1, arbitrary: entryList },
  { weight: 1, arbitrary: plain(fc.constantFrom('null', '[]', '{}', '7', '"text"')) },
)

export const ordinaryBody: fc.Arbitrary<Body> = entry().map(toBody)

export const batchBody: fc.Arbitrary<Body> = fc
  .tuple(sometimes(member('requestId', idValue())), sometimes(member('detail', detail)))
  .map(([ids, details]) => [
    member('code', plain(code)),
    member('message', plain(text)),
    member('detail', detail),
    ...ids.map(pieces => fc.constant(pieces)),
    ...details.map(pieces => fc.constant(pieces)),
    extra,
  ])
  .chain(object)
  .map(toBody)

export const anyBody: fc.Arbitrary<Body> = fc.oneof(ordinaryBody, batchBody)
