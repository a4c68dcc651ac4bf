/** The example's environments, in the order in which a release reaches them. */
export const exampleEnvironments = [
  { name: 'dev-control-rke2', namespace: 'pc-dev' },
  { name: 'staging', namespace: 'pc-staging' },
  { name: 'prod', namespace: 'pc-prod' },
] as const;

export type ExampleEnvironment = (typeof exampleEnvironments)[number]['name'];
