import { defineConfig } from 'tsdown'
import { library } from '../../tsdown.shared.js'

export default defineConfig({ ...library, entry: 'src/index.ts' })
