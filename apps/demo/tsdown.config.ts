import { defineConfig } from 'tsdown'
import { internal } from '../../tsdown.shared.js'

export default defineConfig({ ...internal, entry: 'src/{index,main}.ts', platform: 'node' })
