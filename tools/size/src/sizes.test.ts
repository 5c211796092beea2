import * as core from '@task-outcome/core'
import { describe, expect, test } from 'vitest'
import { bundle, peers } from './Bundle.js'
import { budgets } from './budgets.js'

describe('the budget', () => {
  test.each(budgets)('of $part is kept, and is no larger than it has to be', async budget => {
    const { bytes } = await bundle(budget.program, [...peers, ...(budget.leftOut ?? [])])
    expect(bytes).toBeLessThanOrEqual(budget.maxBytes)
    expect(bytes).toBeGreaterThan(0.85 * budget.maxBytes)
  })
})

describe('who imports one thing does not get the rest', () => {
  test.each(['core', 'axios', 'fetch', 'wait'])('of %s, who imports nothing gets nothing', async name => {
    expect(await bundle(`import '@task-outcome/${name}'`)).toEqual({ bytes: 0, modules: [] })
  })

  /** For adapters: they need it all. */
  const forAdapters = [
    'responseHead',
    'createTaskClient',
    'defaultMaxBodyBytes',
    'redactRequest',
    'exchange',
    'isFromElsewhere',
    'isPlatformFetch',
    'isStream',
  ]

  test.each(Object.keys(core).filter(name => !forAdapters.includes(name)))(
    'of core, %s does without the client',
    async name => {
      const { modules } = await bundle(`export { ${name} } from '@task-outcome/core'`)
      expect(modules).not.toEqual([])
      expect(modules.filter(module => module.startsWith('core/client/'))).toEqual([])
    },
  )

  test.each(['decodeOrdinaryTask', 'decodeBatchTask', 'parseJson', 'lookupErrorCode', 'TaskId'])(
    'of core, %s does without the messages and codecs of errors and outcomes',
    async name => {
      const { modules } = await bundle(`export { ${name} } from '@task-outcome/core'`)
      expect(modules.filter(module => /^core\/(error|outcome)\//.test(module))).toEqual([])
    },
  )
})
