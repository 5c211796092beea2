import * as codec from '@task-outcome/core/codec'
import * as core from '@task-outcome/core'
import * as json from '@task-outcome/core/json'
import * as wire from '@task-outcome/core/wire'
import { describe, expect, test } from 'vitest'
import { bundle, peers } from './Bundle.js'
import { budgets } from './budgets.js'

describe('the budget', () => {
  test.each(budgets)('of $part is not exceeded, and is not much larger than needed', async budget => {
    const { bytes } = await bundle(budget.program, [...peers, ...(budget.leftOut ?? [])])
    expect(bytes).toBeLessThanOrEqual(budget.maxBytes)
    expect(bytes).toBeGreaterThan(0.85 * budget.maxBytes)
  })
})

describe('an import of one name does not bundle the rest', () => {
  test.each(['core', 'axios', 'fetch', 'wait', 'tencentcloud', 'tencentcloud/services'])(
    'of %s, an import of nothing bundles nothing',
    async name => {
      expect(await bundle(`import '@task-outcome/${name}'`)).toEqual({ bytes: 0, modules: [] })
    },
  )

  /** The modules of `client` that an export needs. */
  const clients: Readonly<Record<string, ReadonlyArray<string>>> = {
    createPromiseTaskClient: ['core/client/PromiseTaskClient'],
    createTaskClient: ['core/client/onOutcome', 'core/client/TaskClient'],
  }

  const entries = { '': core, '/codec': codec, '/json': json, '/wire': wire }

  test.each(
    Object.entries(entries).flatMap(([entry, exported]) => Object.keys(exported).map(name => [entry, name])),
  )('of core%s, %s does not bundle the client', async (entry, name) => {
    const { modules } = await bundle(`export { ${name} } from '@task-outcome/core${entry}'`)
    expect(modules).not.toEqual([])
    expect(modules.filter(module => module.startsWith('core/client/'))).toEqual(clients[name] ?? [])
  })

  test.each([
    ['decodeOrdinaryTask', ''],
    ['decodeBatchTask', ''],
    ['lookupErrorCode', ''],
    ['TaskId', ''],
    ['parseJson', '/json'],
  ])('of core, %s does not bundle the messages and codecs of errors and outcomes', async (name, entry) => {
    const { modules } = await bundle(`export { ${name} } from '@task-outcome/core${entry}'`)
    expect(modules.filter(module => /^core\/(error|outcome)\//.test(module))).toEqual([])
  })
})
