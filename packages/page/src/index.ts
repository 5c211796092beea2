/**
 * Pages that show what happened to every resource: one HTML file each, which needs nothing else.
 *
 * @since 0.1.0
 */

// pages
export { renderPage } from './renderPage.js'

// data
export {
  PageData,
  type PageIssue,
  type PageRecoveredTask,
  type PageResponse,
  type PageRound,
  type PageRow,
  type SendAgain,
} from './PageData.js'
export type { RowState } from './RowState.js'

// data of results
export { type OutcomePageOptions, pageOfOutcome } from './pageOfOutcome.js'
export { pageOfJob } from './pageOfJob.js'
export { pageOfWait } from './pageOfWait.js'
export { joinPages } from './joinPages.js'
export { describeResponse } from './describeResponse.js'
export { withEntries } from './withEntries.js'
export type { PageOptions, TaskTimes } from './PageOptions.js'
