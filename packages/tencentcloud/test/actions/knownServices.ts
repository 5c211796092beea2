import type { Service } from '../../src/actions/Service.ts'

export type KnownServices = ReadonlyArray<readonly [name: string, service: Service]>

/** The services among the exports of `services.ts`, which has other data, too. */
export const knownServices = (exports: Readonly<Record<string, object>>): KnownServices =>
  Object.entries(exports).filter((entry): entry is [string, Service] => 'submits' in entry[1])
