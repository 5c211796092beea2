/**
 * Networks of addresses, by which webhooks are kept from reaching what is not public.
 */
import { BlockList, isIP } from 'node:net'
import * as E from 'fp-ts/lib/Either.js'

/** Whether an address is in some networks. */
export type Networks = (address: string) => boolean

/** Reads networks such as `10.1.0.0/16,fd00::/8`. */
export const readNetworks = (text: string): E.Either<string, Networks> => {
  const networks = new BlockList()
  for (const network of text === '' ? [] : text.split(',')) {
    const [address = '', bits = '', ...more] = network.trim().split('/')
    const kind = isIP(address)
    if (kind === 0 || more.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (kind === 4 ? 32 : 128))
      return E.left('expected networks joined with commas, such as 10.1.0.0/16,fd00::/8')
    networks.addSubnet(address, Number(bits), kind === 4 ? 'ipv4' : 'ipv6')
  }
  return E.right(address => networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'))
}

const networks = (list: ReadonlyArray<string>): Networks => {
  const read = readNetworks(list.join(','))
  return E.isRight(read) ? read.right : () => true
}

/** What IANA reserves in IPv4: this network, private, shared, loopback, link-local, protocols, documentation, benchmarks, multicast. */
const reservedIPv4 = networks([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
])

/** Of IPv6, only this is given to public hosts, */
const globalIPv6 = networks(['2000::/3'])

/** but for protocols, documentation, and 6to4, which leads to any address of IPv4. */
const reservedIPv6 = networks(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** Whether an address is that of a public host. An IPv4 address within one of IPv6 is not. */
export const isPublic: Networks = address => {
  switch (isIP(address)) {
    case 4:
      return !reservedIPv4(address)
    case 6:
      return globalIPv6(address) && !reservedIPv6(address)
    default:
      return false
  }
}
