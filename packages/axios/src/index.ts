/**
 * Task outcomes over axios.
 *
 * @since 0.1.0
 */
export { type AxiosTaskClient, createAxiosTaskClient } from './createAxiosTaskClient.js'
