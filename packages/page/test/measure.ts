/**
 * `npm run measure`: how long a page takes for many resources, and how large its file is. Nothing is asserted: it depends on the
 * machine.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { renderPage } from '@task-outcome/page'
import { chromium } from 'playwright-core'
import { findChromium, flags } from './browser.ts'
import { night } from './samples.ts'

const kB = (text: string): string => `${(Buffer.byteLength(text) / 1000).toFixed(1)} kB`
const ms = (from: number): string => `${(performance.now() - from).toFixed(0)} ms`

const folder = mkdtempSync(join(tmpdir(), 'task-outcome-page-'))
const file = join(folder, 'page.html')
const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...flags] })
console.log(`without data: ${kB(renderPage(night(0)))}`)
for (const count of [300, 10_000]) {
  const data = night(count)
  const began = performance.now()
  const html = renderPage(data)
  console.log(
    `\n${count} resources: rendered in ${ms(began)}, ${kB(html)} of ${kB(JSON.stringify(data))} of JSON`,
  )
  writeFileSync(file, html)
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } })
  await page.goto(pathToFileURL(file).href)
  await page.locator('#app[data-ready]').waitFor()
  const ready = await page.evaluate(
    () =>
      new Promise<number>(resolve => {
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
      }),
  )
  const opened = await page.evaluate(() => performance.getEntriesByName('ready')[0]?.startTime ?? NaN)
  console.log(`interactive ${opened.toFixed(0)} ms after navigation (looked at after ${ready.toFixed(0)} ms)`)
  const filtered = await page.evaluate(
    () =>
      new Promise<number>(resolve => {
        const from = performance.now()
        document.querySelector<HTMLButtonElement>('.counts button')?.click()
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)))
      }),
  )
  console.log(`filtered and drawn in ${filtered.toFixed(0)} ms`)
  await page.locator('.counts button').first().click()
  const frames = await page.evaluate(
    () =>
      new Promise<ReadonlyArray<number>>(resolve => {
        const grid = document.getElementById('grid')
        const times: number[] = []
        const step = (at: number): void => {
          times.push(at)
          if (grid !== null) grid.scrollTop += 400
          if (times.length < 120) requestAnimationFrame(step)
          else resolve(times)
        }
        requestAnimationFrame(step)
      }),
  )
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at))
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  console.log(
    `while scrolling: ${(1000 / mean).toFixed(0)} frames a second, the longest took ${Math.max(...gaps).toFixed(0)} ms`,
  )
  await page.close()
}
await browser.close()
rmSync(folder, { recursive: true })
