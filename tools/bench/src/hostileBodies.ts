/**
 * Hostile bodies of any size: decoding a body twice as large may take at most twice as long.
 */
export interface HostileBody {
  readonly name: string
  readonly size: number
  readonly write: (size: number) => string
}

const list = (length: number, item: (index: number) => string): string =>
  Array.from({ length }, (_, index) => item(index)).join()

export const hostileBodies: ReadonlyArray<HostileBody> = [
  {
    name: 'a duplicate resource, each time with another id',
    size: 100_000,
    write: size => `{"code":0,"detail":{${list(size, id => `"ins-1":{"code":0,"requestId":${id}}`)}}}`,
  },
  {
    name: 'an array of long integers',
    size: 100_000,
    write: size =>
      `{"code":0,"detail":{"ins-1":{"code":0,"requestId":1}},"dealIds":[${list(size, index => `9007199254740993${index}`)}]}`,
  },
  {
    name: 'nested brackets',
    size: 100_000,
    write: size => `{"code":0,"detail":${'['.repeat(size)}${']'.repeat(size)}}`,
  },
  {
    name: 'a string, in bytes',
    size: 10_000_000,
    write: size => `{"code":0,"message":"${'x'.repeat(size)}","detail":{"ins-1":{"code":0,"requestId":1}}}`,
  },
  {
    name: 'a string of escapes, in bytes',
    size: 10_000_000,
    write: size =>
      `{"code":0,"message":"${'\\n'.repeat(size / 2)}","detail":{"ins-1":{"code":0,"requestId":1}}}`,
  },
]
