/**
 * The part of `node:sqlite` that programs in the documentation use. The types of Node 20, the oldest Node that the packages
 * support, lack it.
 */
declare module 'node:sqlite' {
  type Value = null | number | bigint | string | Uint8Array

  export class DatabaseSync {
    constructor(path: string)
    close(): void
    exec(sql: string): void
    prepare(sql: string): StatementSync
  }

  class StatementSync {
    all(...values: ReadonlyArray<Value>): unknown[]
    run(...values: ReadonlyArray<Value>): { readonly changes: number | bigint }
  }
}
