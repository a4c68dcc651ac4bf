import type { Call } from '@fairlead/api';
import type { RunningServer } from '@fairlead/server';
import { connectTo } from '../client/connect.ts';
import type { Stage } from './stage.ts';

export interface People {
  /** The local admin, who requests. */
  readonly admin: Call;
  /** The admin's. */
  readonly token: string;
  /** The second person, who approves for one environment and nothing else. */
  readonly ada: Call;
}

export interface Arrival {
  readonly server: RunningServer;
  readonly stage: Stage;
  /** Where the second person may approve. */
  readonly environment: string;
}

/** Signs in by the one-time link as anybody would, and makes the second person. */
export async function peopleOf({ server, stage, environment }: Arrival): Promise<People> {
  const link = new URL(await server.signInLink());
  const { token, user } = await connectTo(server.url)('signIn', { body: { code: link.searchParams.get('code') ?? '' } });
  const admin = connectTo(server.url, token);
  const ada = await admin('createToken', { body: { user: 'ada', role: 'approver', environments: [environment] } });
  stage.line('people', `${user} signed in by the one-time link and made ${ada.user} (${ada.role}, for ${environment})`);
  return { admin, token, ada: connectTo(server.url, ada.token) };
}
