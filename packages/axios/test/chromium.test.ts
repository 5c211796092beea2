import { fileURLToPath } from 'node:url'
import { describeInChromium } from '@task-outcome/conformance/chromium'

describeInChromium(
  fileURLToPath(new URL('chromium.page.ts', import.meta.url)),
  [
    {
      name: 'axios (XHR) in Chromium',
      streams: false,
      reportFile: 'reports/faults/axios-xhr-chromium.json',
    },
    {
      name: 'axios (its fetch adapter) in Chromium',
      streams: true,
      reportFile: 'reports/faults/axios-fetch-chromium.json',
      exceptions: {
        // Chromium reports a body for a 204. axios passes it to `new Response`, which throws.
        '204': {
          _tag: 'Left',
          left: {
            _tag: 'DeliveryUnknown',
            reason: { _tag: 'ClientFailed', name: 'TypeError' },
            recovered: [],
          },
        },
      },
    },
  ],
  [
    // Not axios-extensions: its retry adapter needs `process`, which a page lacks.
    { name: 'axios (XHR) with axios-retry in Chromium', streams: false },
    { name: 'axios (its fetch adapter) with axios-retry in Chromium', streams: true },
  ],
)
