import { defineConfig } from 'tsdown'
import { library } from '@task-outcome/build'

export default defineConfig({ ...library, entry: 'src/index.ts', platform: 'node' })
