/**
 * Cuts strings out of a text, so that they don't keep a long text alive.
 *
 * V8 returns a part of a string without copying it: a task id of 13 characters can keep a body of megabytes in memory. Copying
 * every id takes time. Copying the text in parts of a few KiB takes next to none, and an id keeps only its part alive.
 *
 * @internal
 */

/** What strings are cut out of. A string is one. */
export interface Parts {
  /** Returns the characters from an offset to another, in ascending order of calls. */
  readonly slice: (from: number, to: number) => string
}

/** Returns a short text as it is. */
export const partsOf = (text: string): Parts => (text.length < long ? text : new TextParts(text))

class TextParts implements Parts {
  private part = ''
  private start = 0

  constructor(private readonly text: string) {}

  slice(from: number, to: number): string {
    if (from < this.start || to > this.start + this.part.length) {
      this.part = copyOf(this.text.slice(from, Math.max(to, from + partLength)))
      this.start = from
    }
    return this.part.slice(from - this.start, to - this.start)
  }
}

/** To cut something off a concatenation, the engine first has to write it as a new string. */
const copyOf = (text: string): string => ` ${text}`.slice(1)

/** 64 KiB: shorter texts may stay alive. */
const long = 65_536

const partLength = 4096
