/**
 * The page in Chromium, opened as a file.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PageData, renderPage } from '@task-outcome/page'
import { findChromium, flags, howToInstall } from './browser.ts'
import { broken, hostile, hostileTexts, night } from './samples.ts'

const program = findChromium()
if (program === undefined) {
  console.warn(`No Chromium, so nothing is tested in it: ${howToInstall}`)
  test.skip(`needs Chromium: ${howToInstall}`)
}

describe.skipIf(program === undefined)('in Chromium', () => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let requests: string[]
  let errors: string[]
  const folder = mkdtempSync(join(tmpdir(), 'task-outcome-page-'))

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: program ?? '', args: [...flags] })
  })
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true })
  })

  const fileOf = (data: PageData): string => {
    const file = join(folder, 'page.html')
    writeFileSync(file, renderPage(data))
    return pathToFileURL(file).href
  }

  const open = async (
    data: PageData,
    options: { readonly hash?: string; readonly dark?: boolean; readonly width?: number } = {},
  ): Promise<void> => {
    const { hash = '', dark = false, width = 1200 } = options
    await (context as BrowserContext | undefined)?.close()
    context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    page = await context.newPage()
    requests = []
    errors = []
    page.on('request', request => requests.push(request.url()))
    page.on('pageerror', error => errors.push(error.message))
    page.on('console', message => {
      if (message.type() !== 'log') errors.push(message.text())
    })
    await page.goto(fileOf(data) + hash)
    await page.locator('#app[data-ready]').waitFor()
  }

  const grid = () => page.getByRole('grid')
  const rows = () => page.locator('.body [role=row]')
  const shown = () => page.locator('.shown').textContent()
  const filter = (name: string) => page.getByRole('button', { name })
  const hash = () => page.evaluate(() => decodeURIComponent(location.hash))
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  const status = () => page.locator('.status').textContent()

  /** The distinct colours of a canvas. */
  const coloursOf = (canvas: string) =>
    page.locator(canvas).evaluate(element => {
      const { width, height } = element as HTMLCanvasElement
      const data =
        (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? []
      const counts = new Map<string, number>()
      for (let at = 0; at < data.length; at += 4) {
        const colour = [data[at], data[at + 1], data[at + 2], data[at + 3]].join()
        counts.set(colour, (counts.get(colour) ?? 0) + 1)
      }
      return [...counts.keys()]
    })

  describe('what it shows', () => {
    test('says in a sentence how everything stands', async () => {
      await open(night())
      expect(await page.locator('h1').textContent()).toBe('StartInstances, 27 November 2026')
      expect(await page.locator('.sentence').textContent()).toBe(
        '12 of 300 are in doubt: look them up before you send them again. 3 in doubt, 3 missing, 6 given up, 12 rejected, 6 failed, 12 in progress, 258 succeeded. 6 can be sent again.',
      )
    })

    test('shows what is in doubt first, with every digit of an id', async () => {
      await open(night())
      expect(await rows().first().textContent()).toContain('in doubtins-000189007199254740993017')
    })

    test('draws a cell for each resource in the colour of its state, in light and in dark', async () => {
      await open(night())
      const light = await coloursOf('section:has(#picture-title) canvas')
      for (const colour of ['123,44,191,255', '179,38,30,255', '30,123,52,255'])
        expect(light).toContain(colour)
      await page.emulateMedia({ colorScheme: 'dark' })
      await expect.poll(() => coloursOf('section:has(#picture-title) canvas')).toContain('201,155,242,255')
    })

    test('chooses the resource of a cell that is clicked', async () => {
      await open(night())
      await page.locator('section:has(#picture-title) canvas').click({ position: { x: 22 * 12 + 8, y: 8 } })
      expect(await page.locator('#detail-title').textContent()).toBe('ins-00004')
      expect(await hash()).toBe('#row=3')
    })

    test('tells what the pointer is on', async () => {
      await open(night())
      await page.locator('section:has(#picture-title) canvas').hover({ position: { x: 8, y: 8 } })
      expect(await page.locator('.pointed').textContent()).toBe('ins-00018 in doubt')
    })

    test('draws when tasks ended, with a bar for each task in the chart and in the table', async () => {
      await open(night())
      expect(await page.locator('section:has(#chart-title)').textContent()).toContain(
        '264 of 300 ended between 2026-11-27 01:00:00 UTC and 2026-11-27 01:04:08 UTC; half of these after',
      )
      expect(await coloursOf('section:has(#chart-title) canvas')).toContain('30,123,52,255')
      expect(await page.locator('.row .bar').count()).toBeGreaterThan(0)
    })

    test('draws no chart if no end is known', async () => {
      await open(broken())
      expect(await page.locator('#chart-title').count()).toBe(0)
    })

    test('shows one resource with its entry, code, meaning, advice and history', async () => {
      await open(night(), { hash: '#row=3' })
      const detail = page.locator('.detail')
      expect(await detail.locator('pre').textContent()).toBe(
        '{ "code": 5100, "message": "(10011)instance is busy" }',
      )
      expect(await detail.locator('dl').textContent()).toContain(
        'Code5100Meaningoperation on the resource failedMessage(10011)instance is busySend again?Yes: nothing was started, and sending the same again can help.',
      )
      expect(await detail.locator('li').count()).toBe(2)
      expect(await detail.locator('li').first().textContent()).toContain('2026-11-27 01:01:00 UTC')
    })

    test('shows a broken response with a caret, and the ids that were recovered', async () => {
      await open(broken())
      const responses = page.locator('.responses')
      expect(await responses.textContent()).toContain('Line 5, column 5')
      expect(await responses.locator('mark').textContent()).toBe('"')
      expect(await responses.locator('li').allTextContents()).toEqual([
        '9007199254740993123 of ins-1, code 0',
        '6356503 of ins-2, code 0',
      ])
      await responses.locator('summary').click()
      expect(await responses.locator('details pre').textContent()).toContain(
        '\n    "ins-1": { "code": 0, "requestId": 9007199254740993123 }\n',
      )
    })

    test('fits a narrow screen: only the table scrolls sideways', async () => {
      await open(night(), { width: 360 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    })
  })

  describe('filters', () => {
    test('show the states that are pressed', async () => {
      await open(night())
      await filter('12 rejected').click()
      expect(await shown()).toBe('12 of 300 are shown.')
      await filter('6 failed').click()
      expect(await shown()).toBe('18 of 300 are shown.')
      expect(await grid().getAttribute('aria-rowcount')).toBe('19')
      await filter('12 rejected').click()
      expect(await shown()).toBe('6 of 300 are shown.')
    })

    test('show what can be sent again', async () => {
      await open(night())
      await filter('6 can be sent again').click()
      expect(await shown()).toBe('6 of 300 are shown.')
    })

    test('find the text of a resource, a task, a code or a message', async () => {
      await open(night())
      const search = page.getByRole('searchbox')
      for (const [text, count] of [
        ['ins-00018', 1],
        ['9007199254740993017', 1],
        ['5000', 6],
        ['DISK IS FULL', 6],
        ['nowhere', 0],
      ] as const) {
        await search.fill(text)
        expect(await shown()).toBe(`${count} of 300 are shown.`)
      }
      expect(await rows().textContent()).toBe('Nothing matches.')
    })

    test('are kept in the link', async () => {
      await open(night())
      await filter('12 rejected').click()
      await filter('6 can be sent again').click()
      await page.getByRole('searchbox').fill('ins-0 & <b>')
      const link = await page.evaluate(() => location.href)
      expect(await hash()).toBe('#state=rejected&again=yes&search=ins-0+&+<b>')
      await open(night(), { hash: new URL(link).hash })
      expect(await page.getByRole('searchbox').inputValue()).toBe('ins-0 & <b>')
      expect(await filter('12 rejected').getAttribute('aria-pressed')).toBe('true')
      await page.evaluate(() => {
        location.hash = '#state=failed'
      })
      await expect.poll(shown).toBe('6 of 300 are shown.')
    })

    test('leave no trace in the link when nothing is chosen', async () => {
      await open(night(), { hash: '#state=rejected' })
      await filter('12 rejected').click()
      expect(await page.evaluate(() => location.href.includes('#'))).toBe(false)
    })

    test('ignore a link that the page does not understand', async () => {
      await open(night(), { hash: '#state=nonsense&row=999999&again=%zz' })
      expect(await shown()).toBe('All 300 are shown.')
    })
  })

  describe('exports', () => {
    test('copies the ids that can be sent again', async () => {
      await open(night())
      await filter('Copy the ids that can be sent again (6)').click()
      await expect.poll(status).toBe('Copied 6 ids.')
      expect(await copied()).toBe('ins-00004\nins-00054\nins-00104\nins-00154\nins-00204\nins-00254\n')
    })

    test('copies the task ids that are shown, and one id, with every digit', async () => {
      await open(night(), { hash: '#state=in-doubt&row=17' })
      await filter('Copy the task ids shown').click()
      await expect.poll(status).toBe('Copied 3 ids.')
      expect(await copied()).toBe('9007199254740993017\n9007199254740993117\n9007199254740993217\n')
      await filter('Copy the task id').last().click()
      await expect.poll(copied).toBe('9007199254740993017')
    })

    test('saves the rows that are shown as CSV and as JSON', async () => {
      await open(night(), { hash: '#state=missing' })
      const save = async (name: string) => {
        const [download] = await Promise.all([page.waitForEvent('download'), filter(name).click()])
        return readFileSync(await download.path(), 'utf8')
      }
      expect((await save('Save CSV')).split('\r\n')).toHaveLength(5)
      const json = JSON.parse(await save('Save JSON')) as { readonly rows: ReadonlyArray<unknown> }
      expect(json.rows).toHaveLength(3)
      expect(json.rows[0]).toMatchObject({ state: 'missing', resource: 'ins-00068', task: null })
    })

    test('copies the ids that were read of a broken response', async () => {
      await open(broken())
      await filter('Copy these ids').click()
      await expect.poll(copied).toBe('9007199254740993123\n6356503\n')
    })

    test('copies the link', async () => {
      await open(night(), { hash: '#state=missing' })
      await filter('Copy the link').click()
      await expect.poll(copied).toContain('#state=missing')
    })

    test('says that copying failed where the browser forbids it', async () => {
      await open(night())
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined })
        Object.defineProperty(document, 'execCommand', { value: () => false })
      })
      await filter('Copy the task ids shown').click()
      await expect.poll(status).toBe('The browser did not allow to copy.')
    })

    test('prints every row that is shown, and nothing to press', async () => {
      await open(night(), { hash: '#state=rejected' })
      await page.emulateMedia({ media: 'print' })
      await expect.poll(() => page.locator('.printed tbody tr').count()).toBe(12)
      expect(await page.getByRole('grid').isVisible()).toBe(false)
      await page.emulateMedia({ media: 'screen' })
      await expect.poll(() => page.locator('.printed').count()).toBe(0)
      expect((await page.pdf()).length).toBeGreaterThan(1000)
    })
  })

  describe('with the keyboard alone', () => {
    const active = () => page.locator('.row.active').textContent()

    test('reaches a filter, the table and the details, and returns', async () => {
      await open(night())
      const focused = () =>
        page.evaluate(() => {
          const { id = '', textContent = '' } = document.activeElement ?? {}
          return id === '' ? textContent : id
        })
      const reached: string[] = []
      for (let presses = 0; presses < 30 && reached.at(-1) !== 'grid'; presses++) {
        await page.keyboard.press('Tab')
        reached.push(await focused())
        if (reached.at(-1)?.includes('rejected') === true) await page.keyboard.press('Space')
      }
      expect(reached.at(-1)).toBe('grid')
      expect(await shown()).toBe('12 of 300 are shown.')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await expect.poll(focused).toBe('detail-title')
      expect(await page.locator('#detail-title').textContent()).toBe('ins-00005')
      await page.keyboard.press('Escape')
      await expect.poll(focused).toBe('grid')
      expect(await active()).toContain('ins-00005')
    })

    test('moves through 10,000 rows, each named to screen readers with its place', async () => {
      await open(night(10_000))
      await grid().focus()
      await page.keyboard.press('End')
      await expect.poll(active).toContain('ins-10000')
      const named = await grid().getAttribute('aria-activedescendant')
      expect(named).toBe('row-9999')
      expect(await page.locator('#row-9999').getAttribute('aria-rowindex')).toBe('10001')
      await page.keyboard.press('ArrowUp')
      await expect.poll(active).toContain('ins-09999')
      await page.keyboard.press('PageUp')
      await page.keyboard.press('Home')
      await page.keyboard.press('PageDown')
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowUp')
      await expect.poll(active).toContain('ins-00018')
      expect(await rows().count()).toBeLessThan(60)
    })

    test('keeps the row of the keyboard an element, wherever the mouse has scrolled', async () => {
      await open(night(10_000))
      await grid().evaluate(element => {
        element.scrollTop = 100_000
      })
      await expect.poll(() => rows().count()).toBeGreaterThan(20)
      await expect.poll(() => page.locator('#row-3571').count()).toBe(1)
      expect(await page.locator('#row-0').count()).toBe(1)
    })
  })

  describe('accessibility', () => {
    test.each([
      ['a night', night(), '#row=3&state=rejected'],
      ['a broken response', broken(), '#row=0'],
      ['hostile data', hostile(), '#row=0'],
      ['nothing', { ...night(0), inDoubt: true }, ''],
      ['no match', night(), '#search=nowhere'],
    ])('axe finds nothing in %s, in light and dark', async (_, data, link) => {
      await open(data, { hash: link })
      for (const summary of await page.locator('summary').all()) await summary.click()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze()
        expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([])
      }
    })
  })

  describe('safety', () => {
    test('shows hostile text as text, and nothing of it runs', async () => {
      await open(hostile())
      expect(errors).toEqual([])
      for (const [index, text] of hostileTexts.entries()) {
        await page.evaluate(row => {
          location.hash = `#row=${row}`
        }, index)
        const visible = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u{e0000}-\u{e0fff}]/gu, found =>
          Array.from(
            { length: found.length },
            (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`,
          ).join(''),
        )
        await expect.poll(() => page.locator('#detail-title').textContent()).toBe(visible)
      }
      expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false)
      expect(await page.locator('script').count()).toBe(2)
      expect(await page.locator('img, svg, iframe, a, link').count()).toBe(0)
      expect(errors).toEqual([])
    })

    test('leaves ids with invisible characters out of lines, and says so', async () => {
      await open(hostile())
      await page.getByRole('button', { name: /^Copy the ids/ }).click()
      await expect.poll(status).toContain('Left out 2 with invisible characters')
      expect(await copied()).not.toContain('\u202e')
    })

    test('requests nothing but itself', async () => {
      await open(night(), { hash: '#row=3' })
      await filter('Copy the link').click()
      await page.emulateMedia({ media: 'print' })
      expect(requests.map(url => url.replace(/#.*/, ''))).toEqual([fileOf(night())])
      expect(errors).toEqual([])
    })

    test('could request nothing and run no other script, whatever was put into it', async () => {
      const arrived: string[] = []
      const server = createServer((request, response) => {
        arrived.push(request.url ?? '')
        response.end()
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      await open(night())
      const refused = await page.evaluate(async origin => {
        const violations: string[] = []
        document.addEventListener('securitypolicyviolation', event => {
          violations.push(event.effectiveDirective)
        })
        const attempts = [
          () => fetch(origin),
          () =>
            new Promise((_, fail) => {
              const image = new Image()
              image.onerror = fail
              image.src = `${origin}/image`
            }),
          // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it must be refused
          () => new Function('return 1'),
          () => {
            document.body.innerHTML = '<b>markup</b>'
          },
          () => new Worker('data:text/javascript,1'),
        ]
        const failed: boolean[] = []
        for (const attempt of attempts)
          failed.push(
            await (async () => attempt())().then(
              () => false,
              () => true,
            ),
          )
        const script = document.createElement('script')
        try {
          script.textContent = 'globalThis.hacked = true'
        } catch {
          // Trusted types refuse it before the policy does.
        }
        document.body.append(script)
        return { failed, hacked: 'hacked' in globalThis, violations }
      }, `http://127.0.0.1:${port}`)
      server.close()
      expect(refused.failed).toEqual([true, true, true, true, true])
      expect(refused.hacked).toBe(false)
      expect(refused.violations).toEqual(expect.arrayContaining(['connect-src', 'img-src']))
      expect(arrived).toEqual([])
    })

    test('says so if its data is damaged', async () => {
      const file = join(folder, 'damaged.html')
      writeFileSync(file, renderPage(night(3)).replace(/(id="data">)[^<]{40}/, '$1'))
      await page.goto(pathToFileURL(file).href)
      expect(await page.getByRole('alert').textContent()).toContain("The data of this page can't be read")
      expect(await page.locator('h1').textContent()).toBe('StartInstances, 27 November 2026')
    })
  })
})
