export { gitHandler, type GitAccess, type GitHandler, type GitHandlerOptions } from './git/git-handler.ts';
export { startGitServer, type GitServer, type GitServerOptions } from './git/git-server.ts';
export { type GitEndpoint, type GitTarget } from './git/repository-path.ts';
