/**
 * `npm run bench -- decode [--write]`
 */
import { fileURLToPath } from 'node:url'
import { type Allocation, allocationsInOwnProcess, measureAllocations } from './allocation.js'
import { compareForms } from './compareForms.js'
import { type DecoderComparison, bodiesOf, compareDecoders, measureHostile } from './compareDecoders.js'
import { decoderLibraries, decoderSection } from './decoderSection.js'
import {
  allocationTable,
  decoderLegend,
  decoderTable,
  everydayLegend,
  everydayTable,
  hostileTable,
  spreadLine,
} from './decoderTables.js'
import { machineLine } from './machine.js'
import { performancePicture } from './performancePicture.js'
import { showText } from './Table.js'
import { nameWithVersion, nodeVersion } from './versions.js'
import { writePart, writePicture } from './writePerformance.js'

export const decode = (program: string, write: boolean): void => {
  const begins = (what: string): void => console.error(`${what}…`)
  const measured = compareDecoders(bodiesOf(), begins)
  const everyday = compareForms(undefined, begins)
  const comparison = { measured, everyday, hostile: measureHostile(undefined, begins) }
  begins('allocations')
  const allocations = allocationsInOwnProcess(program)
  if (write) {
    const files = [
      writePicture(performancePicture(measured)),
      writePart('decode', decoderSection(comparison, allocations)),
    ]
    for (const file of files) console.log(`${fileURLToPath(file)} is written`)
  } else console.log(report(comparison, allocations))
}

const report = (comparison: DecoderComparison, allocations: ReadonlyArray<Allocation>): string =>
  [
    `From the body to the outcome\n${[nodeVersion, ...decoderLibraries.map(nameWithVersion)].join(', ')}\n${machineLine()}`,
    showText(decoderTable(comparison)),
    `${decoderLegend.replaceAll('`', '')}\n${spreadLine(comparison)}`,
    'Everyday bodies, @task-outcome/core:',
    showText(everydayTable(comparison)).replaceAll('`', ''),
    everydayLegend.replaceAll('`', ''),
    'Bytes allocated for a clean response:',
    showText(allocationTable(allocations)),
    'Hostile bodies, and twice as large ones, @task-outcome/core:',
    showText(hostileTable(comparison)),
  ].join('\n\n')

/** As JSON, for the process that has started this one. */
export const allocation = (): void => {
  const collectGarbage = globalThis.gc
  if (collectGarbage === undefined) throw new Error('This needs --expose-gc')
  console.log(JSON.stringify(measureAllocations(() => collectGarbage())))
}
