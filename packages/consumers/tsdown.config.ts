import { defineConfig } from 'tsdown'
import { internal } from '../../tsdown.shared.js'

export default defineConfig({ ...internal, entry: 'src/main.ts', platform: 'node' })
