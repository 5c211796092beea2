import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { QueryAction, V2QueryAction } from '../../src/actions/Service.js'
import { v2Queries } from '../../src/actions/v2Queries.js'
import * as exported from '../../src/services.js'
import { countActions } from './countActions.js'
import { knownServices } from './knownServices.js'
import { leftOut, leftOutOfV2, leftOutWithoutId } from './leftOut.js'
import {
  type ActionOfSdk,
  asynchronousWithoutId,
  handOutId,
  memberAt,
  readSdk,
  type ServiceOfSdk,
  type TypeOfSdk,
  typeOf,
} from './sdkTypes.js'

const sdk = readSdk()
const known = knownServices(exported)

const keyOf = ({ service, version }: { readonly service: string; readonly version: string }): string =>
  `${service} ${version}`

const sdkByKey = new Map(sdk.map(of => [keyOf(of), of]))
const knownByKey = new Map(known.map(([, service]) => [keyOf(service), service]))

const actionOf = (of: ServiceOfSdk, name: string): ActionOfSdk => {
  const action = of.actions.get(name)
  if (action === undefined) throw new Error(`${keyOf(of)} has no action ${name}`)
  return action
}

/** Follows the path and throws where it leads nowhere, so that a failure tells what is missing. */
const typeAt = (of: ServiceOfSdk, from: TypeOfSdk | undefined, path: ReadonlyArray<string>): string => {
  const member = memberAt(of, from, path)
  if (member === undefined) throw new Error(`${keyOf(of)}: no member ${path.join('.')}`)
  return typeOf(member)
}

/** The type that has the state of a task: the response, or the items of its list. */
const holderOf = (of: ServiceOfSdk, name: string, query: QueryAction): TypeOfSdk | undefined => {
  const { response } = actionOf(of, name)
  if (query.list === undefined) return response
  const items = typeAt(of, response, query.list.path)
  expect(items).toMatch(/\[\]$/)
  return of.types.get(items.slice(0, -2))
}

const isId = /^(string|number)$/

describe('the modules of services', () => {
  it('are all exported, under the name of the module', () => {
    const modules = readdirSync(fileURLToPath(new URL('../../src/actions', import.meta.url)))
      .map(file => file.replace(/\.ts$/, ''))
      .filter(name => !['Service', 'rows', 'v2Queries'].includes(name))
    expect(known.map(([name]) => name).sort()).toEqual(modules.sort())
    expect(Object.keys(exported)).toHaveLength(known.length + 1)
    expect(exported.v2Queries).toBe(v2Queries)
  })

  it('have the version in their name if, and only if, the SDK has several versions of the service', () => {
    for (const [name, { service, version }] of known) {
      const versions = sdk.filter(of => of.service === service).length
      expect(name).toBe(versions > 1 ? service + version.replaceAll('-', '') : service)
    }
  })
})

describe.each(known.map(([name, service]) => ({ name, service })))('$name', ({ service }) => {
  const of = sdkByKey.get(keyOf(service))!

  it('is a service of the SDK', () => {
    expect(of).toBeDefined()
  })

  it.each(Object.entries(service.submits))('hands out the id of %s where the types have it', (name, row) => {
    const { request, response } = actionOf(of, name)
    switch (row.task._tag) {
      case 'Member': {
        const { path, resultCode } = row.task
        expect(typeAt(of, response, path)).toMatch(isId)
        const code = [path[0] ?? '', 'ReturnCode']
        const hasCode = path.length > 1 && memberAt(of, response, code) !== undefined
        expect(resultCode?.path).toEqual(hasCode ? code : undefined)
        if (resultCode?.message !== undefined) expect(typeAt(of, response, resultCode.message)).toBe('string')
        break
      }
      case 'RequestId':
        expect(typeAt(of, response, ['RequestId'])).toBe('string')
        expect(handOutId(of)).not.toContain(name)
        break
      case 'RequestIdPerResource':
        expect(typeAt(of, response, ['RequestId'])).toBe('string')
        expect(typeAt(of, request, [row.task.parameter])).toMatch(/^string(\[\])?$/)
        expect(service.queries[row.query]?.list?.requestIdMember).toBeDefined()
        break
    }
    expect(Object.keys(service.queries)).toContain(row.query)
  })

  it('says of a ClientToken what the doc comments promise', () => {
    for (const [name, row] of Object.entries(service.submits)) {
      const { doc = '' } = actionOf(of, name).request.members.get('ClientToken') ?? {}
      const promised = /幂等|重入|防止客户端/.test(doc) && !/不提供|保留|不再使用/.test(doc)
      expect(row.takesClientToken ?? false, name).toBe(promised)
      expect(row.clientTokenSeconds, name).toBe(promised && /5 ?分钟/.test(doc) ? 300 : undefined)
    }
  })

  it.each(Object.entries(service.queries))('asks %s as the types have it', (name, query) => {
    const { request } = actionOf(of, name)
    const fixed = Object.entries(query.fixedParameters ?? {})
    const requires = query.requires ?? []
    expect(typeAt(of, request, query.parameter.split('.'))).toBe(query.parameterType.replace('Array', '[]'))
    for (const [parameter, value] of fixed)
      expect(typeAt(of, request, parameter.split('.'))).toBe(typeof value)
    for (const parameter of requires) expect(request.members.get(parameter)?.optional).toBe(false)
    const given = [query.parameter, ...fixed.map(([parameter]) => parameter), ...requires]
    const required = [...request.members].flatMap(([parameter, { optional }]) =>
      optional ? [] : [parameter],
    )
    expect(given.map(parameter => parameter.split('.')[0])).toEqual(expect.arrayContaining(required))
  })

  it.each(Object.entries(service.queries))('reads the answer of %s as the types have it', (name, query) => {
    const holder = holderOf(of, name, query)
    expect(typeAt(of, holder, query.state)).toMatch(isId)
    if (query.output !== undefined) expect(typeAt(of, holder, query.output)).toMatch(/^(string|number)$/)
    if (query.list === undefined) return
    expect(typeAt(of, holder, [query.list.idMember])).toMatch(isId)
    if (query.list.requestIdMember !== undefined)
      expect(typeAt(of, holder, [query.list.requestIdMember])).toBe('string')
  })

  it.each(Object.entries(service.queries))(
    'knows no value of %s but those of the doc comment',
    (name, query) => {
      const holder = holderOf(of, name, query)
      const owner =
        query.state.length === 1 ? holder : of.types.get(typeAt(of, holder, query.state.slice(0, -1)))
      const state = memberAt(of, holder, query.state)
      const doc = `${state?.doc ?? ''} ${owner?.doc ?? ''}`
      const values = [...query.succeeded, ...query.failed, ...query.inProgress]
      expect(new Set(values).size).toBe(values.length)
      expect(query.succeeded.length).toBeGreaterThan(0)
      expect(query.failed.length).toBeGreaterThan(0)
      expect(query.inProgress.length).toBeGreaterThan(0)
      for (const value of values) expect(doc).toMatch(new RegExp(`(?<![\\w-])${value}(?![A-Za-z0-9]|_[A-Z])`))
      if (state !== undefined && typeOf(state) === 'number')
        for (const value of values) expect(value).toMatch(/^-?\d+$/)
    },
  )

  it('asks every query for some submission', () => {
    const asked = new Set(Object.values(service.submits).map(({ query }) => query))
    expect([...asked].sort()).toEqual(Object.keys(service.queries).sort())
  })
})

describe('the actions of the SDK', () => {
  it.each(sdk.map(of => [keyOf(of), of] as const))(
    'of %s that hand out an id are in the table, or left out with a reason',
    (key, of) => {
      const inTable = Object.keys(knownByKey.get(key)?.submits ?? {})
      const left = Object.values(leftOut[key] ?? {}).flat()
      expect(left.filter(action => inTable.includes(action))).toEqual([])
      expect([...inTable.filter(action => handOutId(of).includes(action)), ...left].sort()).toEqual(
        [...handOutId(of)].sort(),
      )
    },
  )

  it('that are asynchronous without an id are in the table, or left out with a reason', () => {
    for (const [, service] of known) {
      if (Object.values(service.submits).every(({ task }) => task._tag === 'Member')) continue
      const key = keyOf(service)
      const left = Object.values(leftOutWithoutId[key] ?? {}).flat()
      const missing = asynchronousWithoutId(sdkByKey.get(key)!).filter(
        action => service.submits[action] === undefined && !left.includes(action),
      )
      expect({ key, missing }).toEqual({ key, missing: [] })
    }
  })

  it('that are left out exist, and are not in the table', () => {
    for (const [key, reasons] of [...Object.entries(leftOut), ...Object.entries(leftOutWithoutId)]) {
      const actions = Object.values(reasons).flat()
      expect(new Set(actions).size).toBe(actions.length)
      for (const action of actions) {
        expect(sdkByKey.get(key)?.actions.has(action), `${key} ${action}`).toBe(true)
        expect(knownByKey.get(key)?.submits[action], `${key} ${action}`).toBeUndefined()
      }
    }
  })

  it('are known in these numbers', () => {
    expect(countActions(sdk, known)).toEqual({
      services: 72,
      actions: 723,
      handOutId: 1086,
      handOutIdServices: 108,
      handOutIdKnown: 577,
      nestedIdKnown: 34,
      requestIdKnown: 85,
      requestIdPerResourceKnown: 26,
      asynchronousWithoutId: 130,
      asynchronousWithoutIdKnown: 109,
      takeClientToken: 17,
    })
  })
})

describe('the actions of API 2.0', () => {
  const queries: ReadonlyArray<readonly [string, V2QueryAction]> = Object.entries(v2Queries).flatMap(
    ([module, actions]) =>
      Object.entries(actions).map(([action, query]) => [`${module} ${action}`, query] as const),
  )

  it('are in the table or left out, not both', () => {
    for (const [name] of queries) expect(leftOutOfV2[name]).toBeUndefined()
  })

  it('tell states that differ', () => {
    for (const [name, { succeeded, failed, inProgress }] of queries) {
      const values = [...succeeded, ...failed, ...inProgress]
      expect(new Set(values).size, name).toBe(values.length)
    }
  })

  it('mean different states by the same value at different modules', () => {
    const { vpc, bmvpc } = v2Queries
    expect(vpc.QueryBmNatGatewayProductionStatus.succeeded).toEqual(['1'])
    expect(bmvpc.QueryBmNatGatewayProductionStatus.failed).toEqual(['1'])
  })
})
