import { fileURLToPath } from 'node:url'
import { describeInChromium } from '@task-outcome/conformance/chromium'

describeInChromium(
  fileURLToPath(new URL('chromium.page.ts', import.meta.url)),
  [{ name: 'fetch in Chromium', streams: true, reportFile: 'reports/faults/fetch-chromium.json' }],
  [
    { name: 'fetch-retry around fetch in Chromium', streams: true },
    { name: 'ky around fetch in Chromium', streams: true },
  ],
)
