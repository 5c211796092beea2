import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { describeConformance } from '../describeConformance.js'
import { describeResending } from '../describeResending.js'
import type { Subject } from '../Subject.js'
import { findChromium, howToInstall } from './findChromium.js'
import { type SubjectPage, openPage } from './openPage.js'

/** A subject that the page offers under its name. */
export type ResendingInChromium = Pick<Subject, 'name' | 'streams' | 'exceptions'>

/** The same, and the file to which the result of each fault is written. */
export interface SubjectInChromium extends ResendingInChromium {
  readonly reportFile: string
}

/**
 * Declares the tests for task clients in Chromium, or a skipped test if Chromium is not installed.
 *
 * @param pageFile - the program of the page: it offers the subjects, see `offer`
 * @param subjects - those of `describeConformance`
 * @param resending - those of `describeResending`: they send again
 */
export const describeInChromium = (
  pageFile: string,
  subjects: ReadonlyArray<SubjectInChromium>,
  resending: ReadonlyArray<ResendingInChromium> = [],
): void => {
  const program = findChromium()
  if (program === undefined) {
    // An older report would pass for one of this run.
    for (const { reportFile } of subjects) rmSync(reportFile, { force: true })
    console.warn(`No Chromium, so nothing is tested in it: ${howToInstall}`)
    test.skip(`needs Chromium: ${howToInstall}`)
    return
  }
  describe('Chromium', () => {
    let page: SubjectPage
    beforeAll(async () => {
      page = await openPage(program, pageFile)
    }, startsWithinMs)
    afterAll(() => page.close())
    const inPage = (subject: ResendingInChromium): Subject => ({
      ...subject,
      engine: 'browser',
      platform: () => page.platform,
      run: request => page.run(subject.name)(request),
    })
    for (const { reportFile, ...subject } of subjects) describeConformance(inPage(subject), reportFile)
    for (const subject of resending) describeResending(inPage(subject))
  })
}

/** Chromium's first start on a busy machine. */
const startsWithinMs = 120_000
