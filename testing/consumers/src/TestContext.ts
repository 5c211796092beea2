/**
 * What every part of the suite works with.
 */
import type { Consumer } from './Consumer.js'
import type { Report } from './Report.js'
import type { Tarball } from './tarball.js'
import type { Tools } from './tools.js'

export interface TestContext {
  readonly report: Report
  readonly tarballs: ReadonlyArray<Tarball>
  readonly tools: Tools
  /** With the newest peers. */
  readonly consumer: Consumer
  /** With the oldest peers. */
  readonly oldConsumer: Consumer
  /** A fresh path for a folder. */
  readonly newFolder: (name: string) => string
}
