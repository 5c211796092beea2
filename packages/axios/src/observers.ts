/**
 * Who looks at the data of a response on its way through axios.
 *
 * @internal
 */
import axios, { type AxiosInstance, type InternalAxiosRequestConfig } from 'axios'

/**
 * Whether a function of the caller's gets to see the data: an interceptor, or a `transformResponse`. axios' own makes JSON
 * of it, which for a large response takes as long as all else and is of no use here.
 */
export const isSeen = (instance: AxiosInstance, { transformResponse }: InternalAxiosRequestConfig): boolean =>
  isIntercepted(instance) || !isOwn(transformResponse)

/** axios does not say in its types that those that were added can be gone through; where it can't be done they may be there. */
export const isIntercepted = (instance: AxiosInstance): boolean => {
  const { interceptors } = instance as {
    readonly interceptors?: { readonly response?: { readonly forEach?: ForEach } }
  }
  const response = interceptors?.response
  if (response?.forEach === undefined) return true
  let isThere = false
  response.forEach(() => {
    isThere = true
  })
  return isThere
}

type ForEach = (visit: () => void) => void

/** Of this copy of axios, as it was when it was loaded. */
const ownTransforms = asList(axios.defaults.transformResponse)

const isOwn = (transforms: InternalAxiosRequestConfig['transformResponse']): boolean => {
  const list = asList(transforms)
  return (
    list.length === ownTransforms.length &&
    list.every((transform, index) => transform === ownTransforms[index])
  )
}

function asList<A>(some: A | A[] | undefined): ReadonlyArray<A> {
  return some === undefined ? [] : Array.isArray(some) ? some : [some]
}
