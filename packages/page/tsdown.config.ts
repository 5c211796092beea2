import { library } from '@task-outcome/build'
import { defineConfig } from 'tsdown'
import { inlineClient } from './inlineClient.ts'

const { plugins } = library

export default defineConfig({
  ...library,
  entry: 'src/index.ts',
  platform: 'node',
  plugins: [inlineClient, plugins],
})
