import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

test('the guide shows exactly the code of the service', () => {
  const guide = read('../../../docs/guides/a-service-that-survives-a-crash.md')
  expect(guide).toContain(`\n\`\`\`ts\n${read('../src/service.ts')}\`\`\`\n`)
})

test('the service has at most 60 lines', () => {
  expect(read('../src/service.ts').trim().split('\n').length).toBeLessThanOrEqual(60)
})
