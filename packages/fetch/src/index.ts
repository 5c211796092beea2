/**
 * Task outcomes over `fetch`.
 *
 * @since 0.1.0
 */
export {
  type FetchLike,
  type FetchResponse,
  type FetchTaskClient,
  createFetchTaskClient,
} from './createFetchTaskClient.js'
