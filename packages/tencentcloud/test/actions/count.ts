/** Prints how many actions are known, by the package as built: `node test/actions/count.ts`. */
import { countActions } from './countActions.ts'
import { knownServices } from './knownServices.ts'
import { readSdk } from './sdkTypes.ts'

const built = new URL('../../dist/services.js', import.meta.url)
const exports = (await import(built.href)) as Readonly<Record<string, object>>

console.log(countActions(readSdk(), knownServices(exports)))
