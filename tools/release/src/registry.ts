// A registry of our own on this machine: it has what is published to it, and fetches what is not ours.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createProject, run } from '@task-outcome/scratch-project'
import { onThisMachine } from './environments.ts'

/** It asks for node-fetch by a tag, which not every registry has. */
const verdaccio = { dependencies: { verdaccio: '6.10.4' }, overrides: { 'node-fetch': '2.6.7' } }

/** Where a registry is, and the token of who may publish to it. */
export interface Access {
  readonly url: string
  readonly token?: string
}

/** A package as a registry describes it. */
interface Packument {
  readonly 'dist-tags'?: { readonly latest?: string }
  readonly versions?: Readonly<Record<string, PublishedManifest>>
}

export interface PublishedManifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export interface Registry extends Access {
  readonly stop: () => Promise<void>
  /** The packages of ours that it has. */
  readonly packages: () => ReadonlyArray<string>
  /** What it says of one of them. */
  readonly describe: (name: string) => Promise<Packument>
}

/** Starts the registry, with one user. */
export const startRegistry = async (folder: string): Promise<Registry> => {
  const project = createProject(folder, onThisMachine)
  project.write('package.json', JSON.stringify({ private: true, ...verdaccio }))
  await project.install('--ignore-scripts')
  const { stdout: uplink } = await run(folder, ['npm', 'config', 'get', 'registry'], onThisMachine)
  const configuration = {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: { npm: { url: uplink.trim() } },
    packages: {
      '@task-outcome/*': { access: '$all', publish: '$authenticated' },
      '**': { access: '$all', proxy: 'npm' },
    },
    log: { type: 'file', path: join(folder, 'log'), level: 'warn' },
  }
  project.write('config.yaml', JSON.stringify(configuration)) // JSON is YAML

  const server = fork(fileURLToPath(new URL('serveRegistry.ts', import.meta.url)), [folder], {
    env: onThisMachine,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`The registry ended with ${String(code)} before it listened.`)
  })
  const [{ port }] = (await Promise.race([once(server, 'message'), ended])) as [{ readonly port: number }]
  const url = `http://127.0.0.1:${port}/`
  const stop = async (): Promise<void> => {
    const stopped = once(server, 'exit')
    server.kill()
    await stopped
  }
  const token = await addUser(url).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    url,
    token,
    stop,
    packages: () => readdirSync(join(folder, 'storage/@task-outcome')).map(name => `@task-outcome/${name}`),
    describe: async name => (await fetch(`${url}${name.replace('/', '%2f')}`)).json() as Promise<Packument>,
  }
}

const addUser = async (url: string): Promise<string> => {
  const response = await fetch(`${url}-/user/org.couchdb.user:releaser`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'releaser', password: 'only-on-this-machine' }),
  })
  const { token } = (await response.json()) as { readonly token?: string }
  if (token === undefined) throw new Error(`The registry gave no token, but status ${response.status}.`)
  return token
}

/** The settings of a folder that publishes to the registry, or only installs from it. */
export const settingsFor = ({ url, token }: Access): string =>
  [
    `registry=${url}`,
    `@task-outcome:registry=${url}`,
    ...(token === undefined ? [] : [`${url.replace('http:', '')}:_authToken=${token}`]),
    '',
  ].join('\n')
