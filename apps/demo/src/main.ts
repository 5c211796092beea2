/**
 * The main job, end to end: calls API 3.0 and follows its tasks; then submits requests of its own with axios and with fetch, gets
 * typed outcomes, submits rejected resources again, and waits for the accepted tasks.
 */
import { startEmulator } from '@task-outcome/emulator'
import { calling } from './calling.js'
import { makeChecks } from './checks.js'
import { documented } from './documented.js'
import { finishing } from './finishing.js'
import { submitting } from './submitting.js'

// A local server that emulates the API. It rejects two instances, and the task of another fails.
let isBusy = true
const emulator = await startEmulator({
  taskDurationMs: 1000,
  rejections: instanceId => {
    if (instanceId === 'ins-gone') return { code: 5000, message: '(10012)instance not found' }
    if (instanceId === 'ins-busy' && isBusy) return { code: 5100, message: '(10011)instance is busy' }
    return undefined
  },
  failures: { 'ins-7': { code: 10_013, message: 'the disk is full' } },
})
const checks = makeChecks()

await calling(checks)
await submitting(emulator, checks)
await finishing(emulator, () => (isBusy = false), checks)
await documented(emulator, checks)

await emulator.close()

if (checks.problems.length > 0) {
  console.error(`Failed checks:\n${checks.problems.join('\n')}`)
  process.exitCode = 1
} else {
  console.log('\nAll checks passed.')
}
