export { gitHandler, type GitAccess, type GitHandler, type GitHandlerOptions } from './git/git-handler.ts';
export { startGitServer, type GitServer, type GitServerOptions } from './git/git-server.ts';
export { type GitEndpoint, type GitTarget } from './git/repository-path.ts';
export { buildExampleHistory, type ExampleHistory, type ExampleHistoryOptions } from './example/build-example-history.ts';
export { exampleStory, type ExampleVersion } from './example/example-story.ts';
export { readExampleTrees, type ExampleFolders } from './example/example-trees.ts';
export { readFileTree, subtree, type FileTree, type TreeFile } from './example/file-tree.ts';
export { pathArtifactDigest } from './example/path-artifact-digest.ts';
export { startKubernetes, type KubernetesOptions, type KubernetesSandbox } from './kubernetes/start-kubernetes.ts';
