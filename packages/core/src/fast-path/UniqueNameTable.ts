/**
 * The names of an object's members, each only once, told apart as they stand in a body.
 *
 * A `Set` would do, were it not that it makes its own way through every name, which takes longer than all else that is done
 * with a clean name: the reader of a name already has its hash. Nor are the names kept: on a hash collision, bytes are compared in the
 * body, in the rare case that their hashes are.
 *
 * @internal
 */
export class UniqueNameTable {
  /**
   * Open addressing: where a name begins and its hash, in the first free pair at or after the one that its hash says. A
   * pair that begins with 0 is free, as no name can begin there.
   */
  private slots: Int32Array
  /** The position of the last pair. */
  private last: number
  private count = 0
  /** So many bytes of names were looked at twice. */
  private compared = 0

  /** The bytes of a body. Until all its names are in, there must be no other such list: they share their memory. */
  constructor(private readonly bytes: Uint8Array) {
    const size = sizeFor(bytes.length / usualEntry)
    this.last = size - 2
    this.slots = size > shared.length ? new Int32Array(size) : shared.fill(0, 0, size)
  }

  /** Whether a name, which begins there and has that hash, is new; then it is kept. */
  add(start: number, hash: number): boolean {
    const { slots, last } = this
    let slot = spread(hash) & last
    for (let tries = 0; slots[slot] !== 0; tries++, slot = (slot + 2) & last)
      // Names that were chosen to meet in one place would take time that grows with their square, and long ones more than that.
      if (
        tries === most ||
        this.compared > mostCompared * this.bytes.length ||
        (intAt(slots, slot + 1) === hash && this.isSame(intAt(slots, slot), start))
      )
        return false
    slots[slot] = start
    slots[slot + 1] = hash
    if (++this.count > last >> 2) this.grow()
    return true
  }

  /** Whether the same bytes follow, up to the closing quote. */
  private isSame(one: number, other: number): boolean {
    const { bytes } = this
    while (bytes[one] === bytes[other] && bytes[one] !== quote) {
      one++
      other++
      this.compared++
    }
    return bytes[one] === bytes[other] // both quotes
  }

  private grow(): void {
    const { slots, last } = this
    this.last = 4 * last + 6
    this.slots = new Int32Array(this.last + 2)
    for (let from = 0; from <= last; from += 2)
      if (slots[from] !== 0) this.put(intAt(slots, from), intAt(slots, from + 1))
  }

  /** Of a name that is known to be new. */
  private put(start: number, hash: number): void {
    const { slots, last } = this
    let slot = spread(hash) & last
    while (slots[slot] !== 0) slot = (slot + 2) & last
    slots[slot] = start
    slots[slot + 1] = hash
  }
}

/** Of a place within the array, which its type does not know. */
const intAt = (ints: Int32Array, at: number): number => ints[at]! // eslint-disable-line @typescript-eslint/no-non-null-assertion

/** At least twice as many pairs as names: a power of two. */
const sizeFor = (names: number): number => 1 << (34 - Math.clz32(names + 1))

/** Lets all of a hash have a say in the pair, which is its last bits. */
const spread = (hash: number): number => {
  const product = Math.imul(hash, 0x9e3779b1) // 2 ** 32 by the golden ratio: Knuth's multiplicative hashing
  return product ^ (product >>> 15)
}

/** The bytes of an entry of a batch, about. */
const usualEntry = 64

/** So many pairs are looked at for one name: only an attacker needs more. */
const most = 500

/** So many times the bytes of a body are looked at again: honest names seldom have a hash in common. */
const mostCompared = 8

/** Enough for a thousand entries. To make an array takes longer than to read a short batch. */
const shared = /* @__PURE__ */ new Int32Array(8192)

const quote = 0x22
