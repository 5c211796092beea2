/**
 * The functions that see the data of a response on its way through axios.
 *
 * @internal
 */
import axios, { type AxiosInstance, type InternalAxiosRequestConfig } from 'axios'

/**
 * Returns whether an interceptor or a custom `transformResponse` sees the data. axios' own transform parses it as JSON, which
 * is useless here and for a large response takes as long as everything else.
 */
export const isSeen = (instance: AxiosInstance, { transformResponse }: InternalAxiosRequestConfig): boolean =>
  isIntercepted(instance) || !isOwn(transformResponse)

/**
 * Returns whether the instance has a response interceptor. axios' types don't declare `forEach`; without it, assumes that there
 * is one.
 */
export const isIntercepted = (instance: AxiosInstance): boolean => {
  const { interceptors } = instance as {
    readonly interceptors?: { readonly response?: { readonly forEach?: ForEach } }
  }
  const response = interceptors?.response
  if (response?.forEach === undefined) return true
  let hasInterceptor = false
  response.forEach(() => {
    hasInterceptor = true
  })
  return hasInterceptor
}

type ForEach = (visit: () => void) => void

/** The transforms of this copy of axios at load time. */
const ownTransforms = toArray(axios.defaults.transformResponse)

const isOwn = (transforms: InternalAxiosRequestConfig['transformResponse']): boolean => {
  const array = toArray(transforms)
  return (
    array.length === ownTransforms.length &&
    array.every((transform, index) => transform === ownTransforms[index])
  )
}

/** A function, because it is called while the module loads. */
export function toArray<A>(some: A | A[] | undefined): ReadonlyArray<A> {
  return some === undefined ? [] : Array.isArray(some) ? some : [some]
}
