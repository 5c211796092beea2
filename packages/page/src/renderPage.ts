/**
 * The data of a page → HTML.
 *
 * @since 0.1.0
 */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { script, style } from './clientAssets.js'
import { doubtSendingAgain } from './doubtSendingAgain.js'
import type { PageData } from './PageData.js'
import { sentenceOf } from './view/sentence.js'
import { visible } from './view/visible.js'

/**
 * Renders one HTML file that shows all of the data. It needs no other file: its content security policy forbids every request and
 * every script but its own. The data is compressed in it and is only ever shown as text. The same data gives the same file.
 *
 * A row that can be sent again is shown as `look-first` if another row of its resource may have a task.
 *
 * It is a synchronous function for Node, Bun and Deno: it uses `node:zlib` and `node:crypto`.
 *
 * @example
 * import { writeFileSync } from 'node:fs'
 * import { decodeBatchTask } from '@task-outcome/core'
 * import { pageOfOutcome, renderPage } from '@task-outcome/page'
 *
 * const saveAsPage = (body: string) =>
 *   writeFileSync('out.html', renderPage(pageOfOutcome(decodeBatchTask(body), { body })))
 *
 * @category destructors
 * @since 0.1.0
 */
export const renderPage = (input: PageData): string => {
  const data = { ...input, rows: doubtSendingAgain(input.rows) }
  const policy = [
    `default-src 'none'`,
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ')
  const title = escapeText(data.title)
  // An element of an unknown type runs no script, and base64 can't end it.
  const packed = gzipSync(JSON.stringify(data, withoutNaN), { level: 9 }).toString('base64')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="@task-outcome/page">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<div id="app"><main><h1>${title}</h1><p>${escapeText(sentenceOf(data))}</p><noscript><p>Without JavaScript this page shows nothing more.</p></noscript></main></div>
<script type="application/gzip+base64" id="data">${packed}</script>
<script>${script}</script>
</body>
</html>
`
}

/** JSON would make `null` of a time that is not a number, and the page 1970 of that. */
const withoutNaN = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? undefined : value

const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

const escapeText = (text: string): string =>
  visible(text).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
