import { startEmulator } from '@task-outcome/emulator'
import { type Browser, type Page, chromium } from 'playwright-core'
import type { Result, Subject } from '../Subject.js'
import { bundlePage } from './bundlePage.js'

/** A page in Chromium that offers task clients. */
export interface SubjectPage {
  readonly run: (subject: string) => Subject['run']
  /** `Chromium 156` */
  readonly platform: string
  readonly close: () => Promise<void>
}

/**
 * Opens a page that runs the program in `file`. It comes from an emulator, so that it has an origin as real pages do;
 * every other emulator is of another origin.
 */
export const openPage = async (executablePath: string, file: string): Promise<SubjectPage> => {
  const code = await bundlePage(file)
  const emulator = await startEmulator()
  const browser = await chromium.launch({ executablePath, args: [...flags] })
  const page = await load(browser, servePage(emulator.serve, code))
  let orders = 0
  return {
    platform: `Chromium ${browser.version().replace(/\..*/, '')}`,
    run: subject => request => {
      const id = orders++
      return {
        result: page
          .evaluate(order => globalThis.conformance.run(order), { id, subject, request })
          .then(text => JSON.parse(text) as Result),
        abort: () => page.evaluate(id => globalThis.conformance.abort(id), id),
      }
    },
    close: async () => {
      await browser.close()
      await emulator.close()
    },
  }
}

/** Nothing but this machine is to be reached, nor asked for. */
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
] as const

type Serve = Awaited<ReturnType<typeof startEmulator>>['serve']

const servePage = (serve: Serve, code: string): string => {
  const script = serve({ headers: { 'Content-Type': 'text/javascript; charset=utf-8' }, body: code })
  return serve({
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html><title>Conformance</title><script src="${script}"></script>`,
  })
}

/** Reports an error of the page's program. Otherwise only the missing clients would be noticed. */
const load = async (browser: Browser, url: string): Promise<Page> => {
  const page = await browser.newPage()
  const errors: Error[] = []
  page.on('pageerror', error => errors.push(error))
  await page.goto(url)
  if (errors.length > 0) throw new AggregateError(errors, 'The page failed')
  return page
}
