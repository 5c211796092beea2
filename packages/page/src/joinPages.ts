/**
 * Data of many responses → the data of one page.
 *
 * @since 0.1.0
 */
import { doubtSendingAgain } from './doubtSendingAgain.js'
import type { PageData } from './PageData.js'
import type { PageOptions } from './PageOptions.js'

/**
 * Joins the data of many pages, such as those of all responses in a log. Give each a `source`, so that the page says which response
 * a row is from.
 *
 * @example
 * import { decodeBatchTask } from '@task-outcome/core'
 * import { joinPages, pageOfOutcome } from '@task-outcome/page'
 *
 * const pageOfLines = (lines: ReadonlyArray<string>) =>
 *   joinPages(
 *     lines.map((body, index) => pageOfOutcome(decodeBatchTask(body), { body, source: `line ${index + 1}` })),
 *     { title: 'service.log' },
 *   )
 *
 * @category combinators
 * @since 0.1.0
 */
export const joinPages = (
  pages: ReadonlyArray<PageData>,
  { title }: Pick<PageOptions, 'title'> = {},
): PageData => ({
  version: 1,
  title: title ?? `${pages.length} ${pages.length === 1 ? 'response' : 'responses'}`,
  rows: doubtSendingAgain(pages.flatMap(({ rows }) => rows)),
  inDoubt: pages.some(({ inDoubt }) => inDoubt),
  notes: [...new Set(pages.flatMap(({ notes }) => notes))],
  responses: pages.flatMap(({ responses }) => responses),
})
