import { objectRefOf, scanText, unreadableSecrets, type FoundSecret, type JsonObject } from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from '../checking.ts';
import type { KnownValues } from './known-values.ts';
import { secretFault } from './scan-file.ts';

/** Secrets that no file shows: a patch, a replacement or a chart made them. And those that the environment's controller can't read. */
export async function checkRenderedSecrets(
  checking: Checking,
  environment: RenderedEnvironment,
  { objects, known }: { readonly objects: readonly JsonObject[]; readonly known: KnownValues },
): Promise<void> {
  const controller = environment.declared?.environment.spec.delivery.controller;
  for (const object of objects) {
    const text = JSON.stringify(object);
    const made = scanText({ path: 'rendered.json', text }).filter(
      (secret) => secret.value !== '' && !known.has(secret, environment.inputs),
    );
    const unreadable = controller === undefined ? [] : unreadableSecrets(object, controller);
    if (made.length + unreadable.length > 0)
      await add(checking, environment, { object, secrets: [...made.map(onceRendered), ...unreadable] });
  }
}

function onceRendered(secret: FoundSecret): FoundSecret {
  return { ...secret, message: `${secret.message} once rendered` };
}

async function add(
  checking: Checking,
  environment: RenderedEnvironment,
  { object, secrets }: { readonly object: JsonObject; readonly secrets: readonly FoundSecret[] },
): Promise<void> {
  const ref = objectRefOf(object);
  const file = (await checking.origins(environment)).fileOf(ref);
  for (const secret of secrets) {
    const place = { line: 1, column: 1, object: secret.object ?? ref };
    checking.notes.add(secretFault(file, { ...secret, ...place }, { environment: environment.name }));
  }
}
