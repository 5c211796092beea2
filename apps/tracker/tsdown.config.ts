import { defineConfig } from 'tsdown'
import { internal } from '@task-outcome/build'

export default defineConfig({ ...internal, entry: 'src/main.ts', platform: 'node' })
