/**
 * When a task is expected to end, and so when to query it: a pure module, without clock and randomness.
 *
 * **The rule.** A query costs something, and so does each millisecond for which an end goes unnoticed. If the hazard of a task at
 * an age (the probability density of its end, given that it has not ended) is h, the cost is lowest if the density of queries
 * is √(h / 2c), where c is the price of a query in milliseconds of delay. Barlow, Hunter and Proschan, "Optimum checking
 * procedures", J. SIAM 11 (1963); Keller, "Optimum checking schedules for systems subject to random failure", Management
 * Science 21 (1974).
 *
 * **The price** is the one that the plain schedule pays: its mean delay for each of its queries. With this price, √h saves
 * queries and delay in the same proportion (the Cauchy–Schwarz inequality). It is twice that here, since an estimated hazard is
 * less certain than a known one, and rises if more queries were sent than the plain schedule would have sent.
 *
 * **The hazard** is ends divided by time at risk, as in a life table: Kaplan and Meier, "Nonparametric estimation from incomplete
 * observations", J. Am. Stat. Assoc. 53 (1958). A task that has not ended counts with the time for which it is known to run: it
 * is a censored observation. An end is known only to lie between two queries, and is spread over the ages between them by what is
 * known so far: one step of Turnbull, "The empirical distribution function with arbitrarily grouped, censored and truncated
 * data", J. R. Stat. Soc. B 38 (1976).
 *
 * **What is not known** is taken from what is: ages are in octaves, an octave is halved five times, and each part has the hazard of
 * the whole until it has ends and time at risk of its own, by a gamma prior (as in a Pólya tree). The prior of an octave is the
 * hazard for which the plain schedule is the best. So where nothing is known, the schedule is the plain one.
 *
 * An `Expectation` is linear, as `Schedule` is: `noteInProgress` and `noteEnd` change it in place. They take bounded time.
 *
 * @internal
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface Expectation {
  /** How many queries a task should have had at each of the `edges`. */
  readonly looks: Float64Array
  /** Absent if there is nothing to learn. */
  readonly observed: Observed | undefined
}

interface Observed {
  /** The ends in each part. An end can be spread over several. */
  readonly ends: Float64Array
  /** How many more tasks are known to run at the beginning of a part than at that of the one before. */
  readonly atRisk: Float64Array
  /** The time at risk in a part that `atRisk` has too much (negative) or too little. */
  readonly restMs: Float64Array
  /** The hazard in each part, relative to the one for which the plain schedule is the best. */
  readonly hazards: Float64Array
  /** How many ends were noted, and how many of them since the schedule was made. */
  count: number
  recent: number
  /** The durations that were known before. */
  readonly earlier: number
  /** What the plain schedule would have spent on what was observed: queries, and delays of the ends. */
  plainLooks: number
  plainDelayMs: number
  /** The queries sent, and those that the plain schedule would have sent. */
  sent: number
  plainSent: number
}

// -------------------------------------------------------------------------------------
// the plain schedule
// -------------------------------------------------------------------------------------

/** The longest delay between two queries of a task of that age, if nothing is known of how long it takes. */
const plainDelayMs = (ageMs: number): number => Math.min(6000, 150 + ageMs / 2)

/** With jitter, the mean delay is this share of the longest. */
const meanShare = 5 / 6

const levels = 5
const partsOfOctave = 2 ** levels
const octaves = 21
const parts = octaves * partsOfOctave
const firstEdgeMs = 100

/** The ages at which parts begin, up to 58 hours; in the last, its end. Each is 2 % longer than the one before. */
const edges = Float64Array.from(
  { length: parts + 1 },
  (_, index) => firstEdgeMs * 2 ** (index / partsOfOctave),
)

/* eslint-disable @typescript-eslint/no-non-null-assertion -- indexes of parts are within the arrays */

const widthOf = (part: number): number => edges[part + 1]! - edges[part]!

/** The longest plain delay in the middle of each part. */
const plainDelays = Float64Array.from({ length: parts }, (_, part) =>
  plainDelayMs((edges[part]! + edges[part + 1]!) / 2),
)

/** Queries for each millisecond before the first part. */
const firstRate = 1 / plainDelayMs(firstEdgeMs / 2)

const scheduleWith = (
  rateOf: (part: number) => number,
  looks: Float64Array = new Float64Array(parts + 1),
): Float64Array => {
  looks[0] = firstEdgeMs * firstRate
  for (let part = 0; part < parts; part++) looks[part + 1] = looks[part]! + rateOf(part) * widthOf(part)
  return looks
}

const plainSchedule = scheduleWith(part => 1 / plainDelays[part]!)

const partAt = (ageMs: number): number =>
  Math.max(0, Math.min(parts - 1, Math.floor(Math.log2(ageMs / firstEdgeMs) * partsOfOctave)))

const looksIn = (looks: Float64Array, ageMs: number): number => {
  if (ageMs < firstEdgeMs) return ageMs * firstRate
  const part = partAt(ageMs)
  const share = (ageMs - edges[part]!) / widthOf(part)
  return looks[part]! + share * (looks[part + 1]! - looks[part]!)
}

const plainLooksIn = (ageMs: number): number => looksIn(plainSchedule, ageMs) / meanShare

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Expects nothing, and learns nothing. */
export const plainExpectation: Expectation = { looks: plainSchedule, observed: undefined }

/** Knows how long other tasks took, and learns. */
export const expectationFrom = (durationsMs: ReadonlyArray<number>): Expectation => {
  const observed: Observed = {
    ends: new Float64Array(parts),
    atRisk: new Float64Array(parts + 1),
    restMs: new Float64Array(parts),
    hazards: new Float64Array(parts).fill(1),
    count: 0,
    recent: 0,
    earlier: durationsMs.length,
    plainLooks: 0,
    plainDelayMs: 0,
    sent: 0,
    plainSent: 0,
  }
  for (const durationMs of durationsMs) {
    addTimeAtRisk(observed, 0, durationMs)
    addEnd(observed, durationMs, durationMs)
  }
  const expectation = { looks: Float64Array.from(plainSchedule), observed }
  if (durationsMs.length > 0) makeSchedule(expectation.looks, observed)
  return expectation
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** Returns how many queries a task of that age should have had. It grows with the age, and continues below 0. */
export const looksAt = ({ looks }: Expectation, ageMs: number): number => looksIn(looks, ageMs)

/** Returns the age at which a task should have had that many queries. */
export const ageAt = ({ looks }: Expectation, count: number): number => {
  if (count < looks[0]!) return count / firstRate
  let low = 0
  let high = parts
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (looks[middle]! <= count) low = middle
    else high = middle
  }
  return edges[low]! + ((count - looks[low]!) / (looks[high]! - looks[low]!)) * widthOf(low)
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** Notes that a query has found a task in progress at an age, after another had at an earlier one. */
export const noteInProgress = ({ observed }: Expectation, fromMs: number, toMs: number): void => {
  if (observed === undefined) return
  noteQuery(observed, fromMs, toMs)
  addTimeAtRisk(observed, fromMs, toMs)
}

/** Notes that a task has ended between these ages. */
export const noteEnd = ({ looks, observed }: Expectation, fromMs: number, toMs: number): void => {
  if (observed === undefined) return
  noteQuery(observed, fromMs, toMs)
  addEnd(observed, fromMs, toMs)
  // Of many ends, one more tells little.
  if (++observed.recent * 64 >= observed.count) makeSchedule(looks, observed)
}

const noteQuery = (observed: Observed, fromMs: number, toMs: number): void => {
  observed.sent++
  observed.plainSent += plainLooksIn(toMs) - plainLooksIn(fromMs)
}

const addTimeAtRisk = (observed: Observed, fromMs: number, toMs: number): void => {
  const from = Math.max(firstEdgeMs, fromMs)
  const to = Math.max(from, toMs)
  const { atRisk, restMs } = observed
  const first = partAt(from)
  const last = partAt(to)
  atRisk[first]! += 1
  atRisk[last]! -= 1
  restMs[first]! -= from - edges[first]!
  restMs[last]! += to - edges[last]!
  observed.plainLooks += plainLooksIn(to) - plainLooksIn(from)
}

const addEnd = (observed: Observed, fromMs: number, toMs: number): void => {
  const from = Math.max(firstEdgeMs, fromMs)
  const to = Math.max(from + 0.01, toMs)
  const { ends, restMs, hazards } = observed
  const first = partAt(from)
  const last = partAt(to)
  const lengthIn = (part: number): number =>
    Math.max(0, Math.min(to, part === last ? Infinity : edges[part + 1]!) - Math.max(from, edges[part]!))
  let sum = 0
  for (let part = first; part <= last; part++) sum += hazards[part]! * lengthIn(part)
  let running = 1
  let meanMs = 0
  for (let part = first; part <= last; part++) {
    const lengthMs = lengthIn(part)
    const ended = (hazards[part]! * lengthMs) / sum
    ends[part]! += ended
    restMs[part]! += (running - ended / 2) * lengthMs
    running -= ended
    meanMs += ended * (Math.max(from, edges[part]!) + lengthMs / 2)
  }
  observed.count++
  observed.plainLooks += plainLooksIn(meanMs) - plainLooksIn(from)
  observed.plainDelayMs += (plainDelays[partAt(meanMs)]! * meanShare) / 2
}

/** A part counts as having had this many ends at the hazard of what it is a part of. */
const priorEnds = 2

const makeSchedule = (looks: Float64Array, observed: Observed): void => {
  const { ends, atRisk, restMs, hazards } = observed
  const overspent = Math.max(1, observed.sent / (observed.plainSent + 1))
  const priceMs = (2 * observed.plainDelayMs * overspent ** 8) / (observed.plainLooks + 0.5)
  let running = 0
  for (let octave = 0; octave < octaves; octave++) {
    const start = octave * partsOfOctave
    for (let index = 0; index < partsOfOctave; index++) {
      const part = start + index
      running += atRisk[part]!
      const riskMs = Math.max(0, running * widthOf(part) + restMs[part]!)
      nodeEnds[partsOfOctave + index] = ends[part]!
      // How many ends there would be at the hazard for which the plain schedule is the best.
      nodeExpected[partsOfOctave + index] = (2 * priceMs * riskMs) / (meanShare * plainDelays[part]!) ** 2
    }
    for (let node = partsOfOctave - 1; node >= 1; node--) {
      nodeEnds[node] = nodeEnds[2 * node]! + nodeEnds[2 * node + 1]!
      nodeExpected[node] = nodeExpected[2 * node]! + nodeExpected[2 * node + 1]!
    }
    nodeHazards[0] = 1
    for (let node = 1; node < 2 * partsOfOctave; node++) {
      const whole = nodeHazards[node >>> 1]!
      const prior = nodeExpected[node] === 0 ? Math.min(1, whole) : whole
      nodeHazards[node] = (nodeEnds[node]! + priorEnds) / (nodeExpected[node]! + priorEnds / prior)
    }
    for (let index = 0; index < partsOfOctave; index++)
      hazards[start + index] = nodeHazards[partsOfOctave + index]!
  }
  // What was learned from a few ends may be wrong, so it does not stretch a delay much.
  const leastShare = 1 / (2 + observed.earlier / 10)
  scheduleWith(part => Math.max(leastShare, Math.sqrt(hazards[part]!)) / plainDelays[part]!, looks)
  observed.recent = 0
}

/** The tree of an octave: node n has the halves 2n and 2n + 1. Used within one call. */
const nodeEnds = new Float64Array(2 * partsOfOctave)
const nodeExpected = new Float64Array(2 * partsOfOctave)
const nodeHazards = new Float64Array(2 * partsOfOctave)
