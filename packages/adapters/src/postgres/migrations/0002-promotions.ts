import type { Migration } from './migration.ts';

export const promotions: Migration = {
  number: 2,
  name: 'promotions',
  // Documents are json, not jsonb: nothing searches inside them, and text keeps every value that was planned.
  sql: `
    create table fairlead.promotion (
      id text primary key,
      seq bigint generated always as identity unique,
      service text not null,
      environment text not null,
      status text not null,
      ended boolean not null,
      plan_digest text not null,
      merged_at timestamptz,
      document json not null,
      plan json not null,
      version int not null default 1,
      wake_at timestamptz,
      claimed_by text,
      claim_expires timestamptz
    ) with (fillfactor = 70);
    create unique index promotion_equal_open on fairlead.promotion (environment, plan_digest) where not ended;
    create index promotion_of_environment on fairlead.promotion (environment, seq);
    create index promotion_of_service on fairlead.promotion (service, seq);
    create index promotion_merged on fairlead.promotion (environment, merged_at) where merged_at is not null;
    create index promotion_due on fairlead.promotion (wake_at) where wake_at is not null;
    create index promotion_claimed on fairlead.promotion (claim_expires) where claim_expires is not null;

    create table fairlead.journal (
      promotion text not null references fairlead.promotion,
      key text not null,
      seq bigint generated always as identity unique,
      settled_as text,
      document json not null,
      primary key (promotion, key)
    );

    -- What a freeze, a pause or a revocation updates, and an intent locks FOR SHARE.
    create table fairlead.control (scope text primary key, frozen boolean not null default false);
    insert into fairlead.control (scope) values ('installation');

    create table fairlead.approval (
      record text primary key,
      seq bigint generated always as identity unique,
      promotion text not null references fairlead.promotion,
      document json not null
    );
    create index on fairlead.approval (promotion, seq);

    create table fairlead.local_change (
      number bigint generated always as identity primary key,
      branch text not null,
      base text not null,
      title text not null,
      promotion text not null,
      opened_at timestamptz not null default clock_timestamp(),
      closed_because text
    );
    create unique index local_change_open on fairlead.local_change (branch) where closed_because is null;

    grant select, insert, update on fairlead.promotion, fairlead.journal, fairlead.control, fairlead.local_change to fairlead_app;
    grant select, insert on fairlead.approval to fairlead_app;
  `,
};
