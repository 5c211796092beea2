/**
 * A page in Chromium.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { chromium } from 'playwright-core'

/** Opens the page that a bundler has built into a folder, and lets it use the packages against an API elsewhere. */
export const runInChromium = async (folder: string, endpoint: string): Promise<ReadonlyArray<string>> => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = join(folder, pathname === '/' ? 'index.html' : pathname)
    if (!existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'Content-Type': mediaTypes[extname(file)] ?? 'application/octet-stream' })
    response.end(readFileSync(file))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    const browser = await chromium.launch({ executablePath: findChromium(), args: [...flags] })
    try {
      const page = await browser.newPage()
      const errors: Error[] = []
      page.on('pageerror', error => errors.push(error))
      await page.goto(`http://127.0.0.1:${port}/`)
      if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'))
      return await page.evaluate(
        endpoint =>
          (
            globalThis as unknown as {
              readonly consumer: { readonly run: (endpoint: string) => Promise<ReadonlyArray<string>> }
            }
          ).consumer.run(endpoint),
        endpoint,
      )
    } finally {
      await browser.close()
    }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/** The path in `CHROMIUM`, or else Debian's. */
const findChromium = (): string => {
  const { CHROMIUM: path = '/usr/bin/chromium' } = process.env
  if (!existsSync(path))
    throw new Error(`There is no Chromium at ${path}: apt-get install chromium, or set CHROMIUM to its path`)
  return path
}

/** Nothing but this machine is to be reached. */
const flags = [
  '--disable-gpu',
  '--no-first-run',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
] as const
