/**
 * Requests per second, with an adapter and without.
 */
import { medianOf, middleHalf, ratios } from '../measureInTurns.js'
import type { Adapter, Pair, Request } from './Adapter.js'
import { adapters, control, limited } from './adapters.js'
import type { ResponseUrls } from './responseServer.js'

export interface AdapterMeasurement {
  readonly adapter: Adapter
  readonly answer: ResponseSize
  readonly concurrency: number
  readonly requestsPerSecond: number
  readonly bareRequestsPerSecond: number
  /** Ours to bare. */
  readonly ratio: number
  readonly middleHalf: readonly [number, number]
  /** The processor time of this process for a request, ours to bare. */
  readonly processorRatio: number
}

export const responseSizes = ['ordinary', 'batch'] as const

type ResponseSize = (typeof responseSizes)[number]

export interface Pairs {
  readonly pairs: number
  readonly turnMs: number
  /** For each of the two, before anything counts. */
  readonly warmUpMs: number
}

const concurrencies: ReadonlyArray<number> = [1, 50]

type WithServer = <A>(use: (urls: ResponseUrls) => Promise<A>) => Promise<A>

export const compareAdapters = async (
  withServer: WithServer,
  begins: (what: string) => void = () => undefined,
  pairs: Pairs = { pairs: 60, turnMs: 120, warmUpMs: 2000 },
): Promise<ReadonlyArray<AdapterMeasurement>> => {
  const measured: AdapterMeasurement[] = []
  for (const adapter of [...adapters, limited, control])
    for (const answer of responseSizes)
      for (const concurrency of concurrencies) {
        begins(`${adapter.name}, ${answer}, ${concurrency} at once`)
        const found = await withServer(urls =>
          measurePairs(adapter[answer], urls[answer], concurrency, pairs),
        )
        measured.push({ adapter, answer, concurrency, ...found })
      }
  return measured
}

const measurePairs = async (
  { ours, bare }: Pair,
  url: string,
  concurrency: number,
  { pairs, turnMs, warmUpMs }: Pairs,
): Promise<Omit<AdapterMeasurement, 'adapter' | 'answer' | 'concurrency'>> => {
  const take = (request: Request, ms = turnMs): Promise<Turn> => turn(() => request(url), concurrency, ms)
  // Opens connections, and lets the code be compiled: of fetch that takes some 5,000 requests.
  await take(ours, warmUpMs)
  await take(bare, warmUpMs)
  const oursTurns: Turn[] = []
  const bareTurns: Turn[] = []
  for (let pair = 0; pair < pairs; pair++) {
    // The first one pays for the garbage of the previous one, so they take turns in going first.
    const oursFirst = pair % 2 === 0
    if (oursFirst) oursTurns.push(await take(ours))
    bareTurns.push(await take(bare))
    if (!oursFirst) oursTurns.push(await take(ours))
  }
  const rates = oursTurns.map(({ maxQueriesPerSecond }) => maxQueriesPerSecond)
  const bareRates = bareTurns.map(({ maxQueriesPerSecond }) => maxQueriesPerSecond)
  const found = ratios(rates, bareRates)
  return {
    requestsPerSecond: medianOf(rates),
    bareRequestsPerSecond: medianOf(bareRates),
    ratio: medianOf(found),
    middleHalf: middleHalf(found),
    processorRatio: medianOf(
      ratios(
        oursTurns.map(({ processorMs }) => processorMs),
        bareTurns.map(({ processorMs }) => processorMs),
      ),
    ),
  }
}

interface Turn {
  readonly maxQueriesPerSecond: number
  /** For a request. */
  readonly processorMs: number
}

const turn = async (request: () => Promise<unknown>, concurrency: number, turnMs: number): Promise<Turn> => {
  let answered = 0
  const processor = process.cpuUsage()
  const began = performance.now()
  const askAgainAndAgain = async (): Promise<void> => {
    do {
      await request()
      answered++
    } while (performance.now() - began < turnMs)
  }
  await Promise.all(Array.from({ length: concurrency }, askAgainAndAgain))
  const elapsedMs = performance.now() - began
  const { user, system } = process.cpuUsage(processor)
  return {
    maxQueriesPerSecond: (answered * 1000) / elapsedMs,
    processorMs: (user + system) / 1000 / answered,
  }
}
