/**
 * The exact version of everything that is installed for the consumers.
 */
export interface Peers {
  readonly axios: string
  readonly 'fp-ts': string
  readonly 'io-ts': string
}

/** The ends of the ranges in the packages' manifests. */
export const lowestPeers: Peers = { axios: '1.5.0', 'fp-ts': '2.11.0', 'io-ts': '2.2.18' }
export const highestPeers: Peers = { axios: '1.21.1', 'fp-ts': '2.16.11', 'io-ts': '2.2.22' }

/** The releases before the lowest ones: with each something breaks, or the ranges would begin there. */
export const peersTooLow: Peers = { axios: '1.4.0', 'fp-ts': '2.10.5', 'io-ts': '2.2.17' }

/** What first programs use besides: of the caller's choice, so no package names it. */
export const companions: Readonly<Record<string, string>> = { '@electric-sql/pglite': '0.5.16' }

export const nodeVersions = ['20.20.2', '22.23.3', '24.21.0', '26.10.0'] as const

export const typescriptVersions = ['5.4.5', '5.9.3', '6.0.3', '7.0.2'] as const

/** axios' declarations and the emulator's want Node's types, or those of the DOM. */
export const nodeTypesVersion = '20.19.43'

export const bundlerVersions = { esbuild: '0.28.2', vite: '8.3.8', webpack: '5.112.2' } as const

/** Webpack's program for the shell. */
export const webpackCliVersion = '7.3.1'

/** Other runtimes than Node and browsers. */
export const runtimeVersions = { bun: '1.4.5', deno: '2.9.6', workerd: '1.20261117.1' } as const
