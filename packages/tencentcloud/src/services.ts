/**
 * What is known of each service: how its actions name their tasks, and how to query them. One export per service.
 *
 * @since 0.1.0
 */
