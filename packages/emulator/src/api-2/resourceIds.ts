/**
 * @internal
 */
import type { ResourceId } from '@task-outcome/core'
import type { ResourceParameter } from './Action.js'

/**
 * Returns the resources that a request names, in the order of their indexes, without duplicates: a response has one
 * entry for each.
 */
export const resourceIdsOf = (
  parameters: Readonly<Record<string, string>>,
  { name, takes }: ResourceParameter,
): ReadonlyArray<ResourceId> => {
  const ids =
    takes === 'one'
      ? [parameters[name] ?? '']
      : Object.entries(parameters)
          .flatMap(([parameter, id]) => {
            const number = numberIn(parameter, name)
            return number === undefined ? [] : [{ number, id }]
          })
          .sort((a, b) => a.number - b.number)
          .map(({ id }) => id)
  return [...new Set(ids.filter(id => id !== ''))] as ResourceId[]
}

/** Returns 3 for `instanceIds.3`. */
const numberIn = (parameter: string, name: string): number | undefined => {
  const digits = parameter.startsWith(`${name}.`) ? parameter.slice(name.length + 1) : ''
  return /^[0-9]+$/.test(digits) ? Number(digits) : undefined
}
