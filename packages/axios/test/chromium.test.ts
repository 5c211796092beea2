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
        // Chromium gives a 204 a body, and axios a new `Response` that body, which the constructor refuses.
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
    // Not axios-extensions: its retry adapter asks for `process`, which a page lacks.
    { name: 'axios (XHR) with axios-retry in Chromium', streams: false },
    { name: 'axios (its fetch adapter) with axios-retry in Chromium', streams: true },
  ],
)
