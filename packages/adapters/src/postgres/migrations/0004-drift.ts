import type { Migration } from './migration.ts';

export const drift: Migration = {
  number: 4,
  name: 'drift',
  sql: `
    -- Renewed every few seconds: rows stay on their page.
    create table fairlead.lease (
      name text primary key,
      holder text not null,
      epoch bigint not null default 1,
      expires timestamptz not null,
      notes json not null default '{}'
    ) with (fillfactor = 50);

    create table fairlead.drift_item (
      id text primary key,
      seq bigint generated always as identity unique,
      environment text not null,
      target text not null,
      open boolean not null,
      document json not null
    ) with (fillfactor = 80);
    create index drift_item_of_environment on fairlead.drift_item (environment, seq);
    create index drift_item_open on fairlead.drift_item (environment, target) where open;

    create table fairlead.target_observation (
      environment text not null,
      target text not null,
      document json not null,
      primary key (environment, target)
    ) with (fillfactor = 70);

    create table fairlead.drift_action (
      id text primary key,
      seq bigint generated always as identity unique,
      environment text not null,
      ended boolean not null,
      document json not null
    );
    create index drift_action_open on fairlead.drift_action (environment, seq) where not ended;

    create table fairlead.policy_exception (
      id text primary key,
      seq bigint generated always as identity unique,
      environment text not null,
      expires_at timestamptz not null,
      document json not null
    );
    create index policy_exception_of_environment on fairlead.policy_exception (environment, expires_at);

    create table fairlead.reconciliation_task (
      id text primary key,
      seq bigint generated always as identity unique,
      environment text not null,
      open boolean not null,
      document json not null
    );
    create index reconciliation_task_of_environment on fairlead.reconciliation_task (environment, seq);
    create index reconciliation_task_open on fairlead.reconciliation_task (environment) where open;

    -- A change that takes a live value into Git belongs to no promotion.
    alter table fairlead.local_change alter column promotion drop not null;

    grant select, insert, update on fairlead.lease, fairlead.drift_item, fairlead.target_observation, fairlead.drift_action,
      fairlead.policy_exception, fairlead.reconciliation_task to fairlead_app;
  `,
};
