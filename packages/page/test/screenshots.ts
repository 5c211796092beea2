/**
 * `npm run screenshots`: writes the pictures of the README.
 */
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type PageData, renderPage } from '@task-outcome/page'
import { chromium } from 'playwright-core'
import { flags, findChromium } from './browser.ts'
import { broken, night } from './samples.ts'

const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...flags] })

const take = async (
  name: string,
  data: PageData,
  colorScheme: 'light' | 'dark',
  hash = '',
): Promise<void> => {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, colorScheme })
  const file = join(tmpdir(), `task-outcome-${name}.html`)
  writeFileSync(file, renderPage(data))
  await page.goto(pathToFileURL(file).href + hash)
  await page.locator('#app[data-ready]').waitFor()
  const picture = join(import.meta.dirname, '../../../docs/images', `${name}.png`)
  await page.screenshot({ path: picture, fullPage: true })
  await page.close()
  console.log(picture)
}

await take('page', night(), 'light', '#row=3')
await take('page-dark', night(10_000), 'dark', '#row=17')
await take('page-broken', broken(), 'light')
await browser.close()
