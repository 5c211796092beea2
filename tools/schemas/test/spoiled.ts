/**
 * A value with one change: a member or an item removed, replaced, added or repeated.
 */
import fc, { type Arbitrary } from 'fast-check'

type Path = ReadonlyArray<string | number>

export const spoiled = (value: unknown): Arbitrary<unknown> =>
  fc
    .tuple(pathIn(value), change)
    .map(([path, { kind, name, other }]) => changed(value, path, kind, name, other))

const tags = [
  'AllAccepted',
  'AllRejected',
  'AllFinished',
  'SomePending',
  'NothingToWaitFor',
  'Rejected',
  'Failed',
]
const names = ['accepted', 'rejected', 'finished', 'pending', 'recovered', 'rejections', 'operation', 'other']

const change = fc.record({
  kind: fc.constantFrom('remove', 'replace', 'add', 'repeat'),
  name: fc.constantFrom(...names),
  other: fc.oneof(
    fc.constantFrom<unknown[]>(null, '', 'x', 0, -1, 1.5, 2 ** 53, true, [], ['x'], {}, [{}]),
    fc.constantFrom(...tags),
  ),
})

const changed = (value: unknown, path: Path, kind: string, name: string, other: unknown): unknown => {
  const [first, ...rest] = path
  if (first === undefined) {
    if (kind === 'add' && isObject(value)) return { ...value, [name]: other }
    if (kind === 'repeat' && Array.isArray(value)) return [...(value as unknown[]), ...(value as unknown[])]
    return other
  }
  const removes = kind === 'remove' && rest.length === 0
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) =>
      index !== first ? [item] : removes ? [] : [changed(item, rest, kind, name, other)],
    )
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([key, member]) =>
      key !== first ? [[key, member]] : removes ? [] : [[key, changed(member, rest, kind, name, other)]],
    ),
  )
}

/** Near the root as often as far from it, where most members are. */
const pathIn = (value: unknown): Arbitrary<Path> => {
  const paths = pathsIn(value)
  const depths = [...new Set(paths.map(({ length }) => length))]
  return fc
    .constantFrom(...depths)
    .chain(depth => fc.constantFrom(...paths.filter(({ length }) => length === depth)))
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const pathsIn = (value: unknown): ReadonlyArray<Path> => {
  const members: ReadonlyArray<readonly [string | number, unknown]> = Array.isArray(value)
    ? [...(value as unknown[]).entries()]
    : isObject(value)
      ? Object.entries(value)
      : []
  return [[], ...members.flatMap(([key, member]) => pathsIn(member).map(path => [key, ...path]))]
}
