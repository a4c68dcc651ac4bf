import type { Migration } from './migration.ts';

export const environments: Migration = {
  number: 3,
  name: 'environments',
  sql: `
    create table fairlead.release (
      digest text primary key,
      seq bigint generated always as identity unique,
      service text not null,
      version text not null,
      manifest text not null,
      registered_at text not null,
      record text not null,
      unique (service, version)
    );
    create index on fairlead.release (service, seq);

    create table fairlead.environment_status (
      service text not null,
      environment text not null,
      document json not null,
      primary key (service, environment)
    ) with (fillfactor = 70);

    create table fairlead.validation_run (
      environment text not null,
      phase text not null,
      attempt int not null,
      seq bigint generated always as identity unique,
      document json not null,
      primary key (environment, phase, attempt)
    ) with (fillfactor = 80);
    create index on fairlead.validation_run (environment, seq);

    create table fairlead.token (
      hash text primary key,
      seq bigint generated always as identity unique,
      document json not null
    );

    grant select, insert on fairlead.release to fairlead_app;
    grant select, insert, update on fairlead.environment_status, fairlead.validation_run to fairlead_app;
    grant select, insert, delete on fairlead.token to fairlead_app;
  `,
};
