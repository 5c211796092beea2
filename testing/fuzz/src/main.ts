/**
 * `npm run fuzz -- SECONDS [SEED]`
 */
import { type Failure, fuzz } from './fuzz.js'

const [secondsText = '10', seedText = String(Date.now() % 2 ** 32)] = process.argv.slice(2)
const seconds = Number(secondsText)
const seed = Number(seedText)
if (!(seconds > 0) || !Number.isSafeInteger(seed)) {
  console.error(
    'Usage: npm run fuzz -- SECONDS [SEED]\n\nSECONDS is a number greater than 0, SEED a whole number.',
  )
  process.exit(2)
}

const showInput = ({ input: { body, operation, status }, problem }: Failure): string =>
  [
    `operation: ${operation}, status: ${String(status)}`,
    typeof body === 'string'
      ? `body: ${JSON.stringify(body)}`
      : `body, in base64: ${Buffer.from(body).toString('base64')}`,
    problem,
  ].join('\n  ')

const deadline = Date.now() + seconds * 1000
const { inputs, failures } = fuzz(seed, done => done % 256 !== 0 || Date.now() < deadline)
for (const failure of failures) console.error(`${showInput(failure)}\n`)
console.log(
  `${String(inputs)} inputs in ${String(seconds)} s, seed ${String(seed)}: ${String(failures.length)} failures`,
)
process.exitCode = failures.length === 0 ? 0 : 1
