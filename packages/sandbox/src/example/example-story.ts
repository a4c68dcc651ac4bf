/** The releases of the example, oldest first. Each is built from one commit, the child of the one before. */
export type ExampleVersion = '1.41.0' | '1.42.0' | '1.43.0';

interface StoryCommit {
  readonly version: ExampleVersion;
  readonly ref: string;
  /** Author and committer. */
  readonly person: string;
  /** RFC 3339, UTC: also the manifest's `createdAt`. */
  readonly at: string;
  readonly message: string;
  /** Paths that the commit deletes; what it adds or changes lies in `history/<version>/`. */
  readonly deletes: readonly string[];
}

export const exampleStory: readonly StoryCommit[] = [
  {
    version: '1.41.0',
    ref: 'refs/heads/main',
    person: 'Maren Oduya <maren.oduya@example.com>',
    at: '2025-11-03T09:24:00Z',
    message:
      'feat(scheduler): give back a reservation that nobody claims\n\nTen minutes after its start it goes to the next in the queue.\n',
    deletes: [],
  },
  {
    version: '1.42.0',
    ref: 'refs/heads/line/1.42.0',
    person: 'Teodor Vance <teodor.vance@example.com>',
    at: '2025-11-17T13:05:00Z',
    message:
      'feat(metering): export usage every hour\n\nTenants asked for it. The v1 API goes with this release: the last node agent that\ncalled it was updated on 12 November.\n',
    deletes: ['deploy/base/api/service-v1.yaml'],
  },
  {
    version: '1.43.0',
    ref: 'refs/heads/line/1.43.0',
    person: 'Maren Oduya <maren.oduya@example.com>',
    at: '2025-12-01T10:42:00Z',
    message:
      'feat(api): know the quota of a tenant\n\nReports only. Needs migration 0187-add-quota before it starts; there is no way back.\n',
    deletes: [],
  },
];
