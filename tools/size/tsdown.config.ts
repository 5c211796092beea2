import { defineConfig } from 'tsdown'
import { internal } from '../../tsdown.shared.ts'

export default defineConfig({ ...internal, entry: 'src/main.ts', platform: 'node' })
