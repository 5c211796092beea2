import { defineConfig } from 'tsdown'
import { internal } from '@task-outcome/build'

export default defineConfig({
  ...internal,
  entry: ['src/index.ts', 'src/chromium/index.ts', 'src/chromium/page.ts', 'src/soak/index.ts'],
  platform: 'node',
})
