/**
 * `npm run bench -- adapters [--write]`
 */
import { fileURLToPath } from 'node:url'
import { adapterLibraries, adapterSection } from './adapters/adapterSection.js'
import { adapterLegend, adapterTable } from './adapters/adapterTable.js'
import { withServer } from './adapters/responseServer.js'
import { compareAdapters } from './adapters/compareAdapters.js'
import { machineLine } from './machine.js'
import { showText } from './Table.js'
import { nameWithVersion, nodeVersion } from './versions.js'
import { writePart } from './writePerformance.js'

export const compareOverHttp = async (program: string, write: boolean): Promise<void> => {
  const measured = await compareAdapters(
    use => withServer(program, use),
    what => console.error(`${what}…`),
  )
  if (write) console.log(`${fileURLToPath(writePart('adapters', adapterSection(measured)))} is written`)
  else
    console.log(
      [
        `Over HTTP\n${[nodeVersion, ...adapterLibraries.map(nameWithVersion)].join(', ')}\n${machineLine()}`,
        showText(adapterTable(measured)),
        adapterLegend,
      ].join('\n\n'),
    )
}
