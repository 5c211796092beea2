/**
 * The schema, as the steps that lead to it. A step that was released is never changed: append another one.
 *
 * `followed` has a row for each open task only, so that looking for the tasks that are due never reads the history. `due_at` is
 * also the lease: who claims a task moves it on, and the task is due again if nothing is reported until then.
 *
 * Columns of type json hold the exact data, as the codecs encode it. Columns of type text beside them are for searching.
 *
 * @internal
 */
import { traceparents } from './traceparents.js'

export const migrations: ReadonlyArray<ReadonlyArray<string>> = [
  [
    `CREATE TABLE task_outcome.accounts (
      account text PRIMARY KEY,
      per_second double precision CHECK (per_second > 0),
      next_query_at timestamptz NOT NULL
    ) WITH (fillfactor = 50)`,

    `CREATE TABLE task_outcome.submissions (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      account text NOT NULL,
      key text NOT NULL,
      action text NOT NULL,
      resource_ids text[] NOT NULL,
      state text NOT NULL CHECK (
        state IN ('Intended', 'Sent', 'Accepted', 'Rejected', 'NotSent', 'InDoubt', 'Settled')),
      intended_at timestamptz NOT NULL DEFAULT now(),
      sent_at timestamptz,
      response_due_at timestamptz,
      answered_at timestamptz,
      result json,
      settled_at timestamptz,
      settlement json,
      UNIQUE (account, key),
      CHECK ((state = 'Intended') = (sent_at IS NULL)),
      CHECK ((sent_at IS NULL) = (response_due_at IS NULL)),
      CHECK ((answered_at IS NULL) = (result IS NULL)),
      CHECK (state NOT IN ('Intended', 'Sent') OR result IS NULL),
      CHECK (state NOT IN ('Accepted', 'Rejected', 'NotSent', 'InDoubt') OR result IS NOT NULL),
      CHECK ((state = 'Settled') = (settlement IS NOT NULL)),
      CHECK ((settled_at IS NULL) = (settlement IS NULL))
    )`,
    `CREATE INDEX submissions_open ON task_outcome.submissions (id)
      WHERE state IN ('Intended', 'Sent', 'InDoubt')`,
    `CREATE INDEX submissions_resources ON task_outcome.submissions USING gin (resource_ids)`,
    `CREATE INDEX submissions_time ON task_outcome.submissions (intended_at)`,

    `CREATE TABLE task_outcome.tasks (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      submission bigint NOT NULL REFERENCES task_outcome.submissions ON DELETE CASCADE,
      account text NOT NULL,
      action text NOT NULL,
      task_id text NOT NULL,
      resource_ids text[] NOT NULL,
      task json NOT NULL,
      state text NOT NULL DEFAULT 'Open' CHECK (state IN ('Open', 'Ended', 'GivenUp')),
      accepted_at timestamptz NOT NULL DEFAULT now(),
      ended_at timestamptz,
      ending json,
      CHECK ((state = 'Open') = (ended_at IS NULL)),
      CHECK ((ended_at IS NULL) = (ending IS NULL))
    )`,
    `CREATE INDEX tasks_submission ON task_outcome.tasks (submission)`,
    `CREATE INDEX tasks_task_id ON task_outcome.tasks USING hash (task_id)`,
    `CREATE INDEX tasks_resources ON task_outcome.tasks USING gin (resource_ids)`,
    `CREATE INDEX tasks_open ON task_outcome.tasks (id) WHERE state <> 'Ended'`,
    `CREATE INDEX tasks_time ON task_outcome.tasks (accepted_at)`,

    `CREATE TABLE task_outcome.followed (
      task bigint PRIMARY KEY REFERENCES task_outcome.tasks ON DELETE CASCADE,
      account text NOT NULL,
      action text NOT NULL,
      due_at timestamptz NOT NULL,
      fence integer NOT NULL DEFAULT 0,
      queries integer NOT NULL DEFAULT 0,
      together integer,
      polling json,
      failing json
    ) WITH (fillfactor = 70)`,
    `CREATE INDEX followed_due ON task_outcome.followed (account, action, due_at)`,

    `CREATE SEQUENCE task_outcome.feed_position`,
    `CREATE TABLE task_outcome.feed (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      task bigint NOT NULL REFERENCES task_outcome.tasks ON DELETE CASCADE,
      position bigint UNIQUE
    ) WITH (fillfactor = 80)`,
    `CREATE INDEX feed_task ON task_outcome.feed (task)`,
    `CREATE INDEX feed_new ON task_outcome.feed (id) WHERE position IS NULL`,

    `CREATE TABLE task_outcome.subscribers (
      name text PRIMARY KEY,
      position bigint NOT NULL DEFAULT 0,
      fence integer NOT NULL DEFAULT 0,
      leased_until timestamptz NOT NULL DEFAULT '-infinity'
    ) WITH (fillfactor = 50)`,
  ],
  traceparents,
]

/** The key of the advisory lock under which the schema is changed. */
export const migrationLock = 7_351_902_864_511

/** The key of the advisory lock under which ends get their places in the feed. */
export const feedLock = 7_351_902_864_512
