import type { Migration } from './migration.ts';

const insertOnly = ['record', 'log', 'log_leaf', 'log_tile', 'log_entries', 'checkpoint', 'event'];

/** Also under `session_replication_role = replica`, and on TRUNCATE, which no row trigger sees. The owner could switch them off, so the server never connects as owner. */
const refuseChanges = (table: string): string => `
  create trigger insert_only before update or delete on ledger.${table} for each row execute function ledger.refuse_change();
  create trigger no_truncate before truncate on ledger.${table} for each statement execute function ledger.refuse_change();
  alter table ledger.${table} enable always trigger insert_only, enable always trigger no_truncate;
  grant select, insert on ledger.${table} to fairlead_app;`;

export const ledger: Migration = {
  number: 1,
  name: 'ledger',
  sql: `
    create schema ledger;
    grant usage on schema ledger to fairlead_app;

    -- The columns beside the bundle find it; what counts is what was signed.
    create table ledger.record (
      id bigint generated always as identity primary key,
      digest text not null unique,
      type text not null,
      service text not null,
      environment text,
      release text,
      promotion text,
      at timestamptz not null,
      bundle bytea not null
    );
    create index on ledger.record (promotion, id) where promotion is not null;
    create index on ledger.record (environment, id) where environment is not null;
    create index on ledger.record (type, id);

    -- Outboxes: emptied by the sequencer, so vacuumed early.
    create table ledger.record_pending (id bigint primary key, log_id int not null, leaf bytea not null)
      with (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
    create table ledger.event_pending (id bigint generated always as identity primary key, record bigint not null, body json not null)
      with (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
    create index on ledger.event_pending (record);

    create table ledger.log (log_id int primary key, origin text not null, verifier_key text not null, opened_at timestamptz not null default clock_timestamp());
    create table ledger.log_leaf (log_id int, index bigint, record bigint not null, leaf bytea not null, hash bytea not null, primary key (log_id, index));
    create unique index on ledger.log_leaf (record, log_id);
    -- Full tiles and full bundles only: they never change again. Hashes don't compress.
    create table ledger.log_tile (log_id int, level int, index bigint, hashes bytea not null check (length(hashes) = 8192), primary key (log_id, level, index));
    alter table ledger.log_tile alter column hashes set storage external;
    create table ledger.log_entries (log_id int, index bigint, leaves bytea not null, primary key (log_id, index));
    -- The partial tiles above the leaves: derived, and replaced as they grow.
    create table ledger.log_frontier (log_id int, level int, hashes bytea not null, primary key (log_id, level));
    create table ledger.checkpoint (
      log_id int, size bigint, root bytea not null, note text not null, at timestamptz not null default clock_timestamp(), primary key (log_id, size)
    );
    create table ledger.event (seq bigint primary key, record bigint not null, body json not null);

    create function ledger.refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'evidence is insert only: % on %.% refused', tg_op, tg_table_schema, tg_table_name
        using errcode = 'restrict_violation', hint = 'a wrong record is corrected by a further record, never by a change';
    end $$;
    ${insertOnly.map(refuseChanges).join('')}

    grant select, insert, delete on ledger.record_pending, ledger.event_pending to fairlead_app;
    grant select, insert, update on ledger.log_frontier to fairlead_app;
  `,
};
