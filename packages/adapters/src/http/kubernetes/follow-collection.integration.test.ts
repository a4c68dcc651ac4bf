import type { ServerResponse } from 'node:http';
import type { JsonObject, UpstreamError } from '@fairlead/domain';
import { afterEach, describe, expect, it } from 'vitest';
import { answer, playApi, status, stream, type PlayedApi, type PlayedRequest } from '../testing/played-api.ts';
import { followCollection, type Following } from './follow-collection.ts';
import { kubernetesWire } from './kubernetes-wire.ts';
import type { Collection } from './list-collection.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Told {
  readonly words: string[];
  readonly errors: UpstreamError[];
  readonly until: (wanted: () => boolean) => Promise<void>;
}

type Say = (response: ServerResponse, request: PlayedRequest) => void;

function silence(response: ServerResponse): void {
  stream(response);
}

interface Play {
  /** What the list says, each time it is asked for; the last one again and again. */
  readonly lists?: readonly (JsonObject | string | Say)[];
  /** What each watch says; after the last one the server is silent. */
  readonly watches?: readonly Say[];
  readonly following?: Partial<Following>;
  readonly collection?: Partial<Collection>;
}

/** Follows a played collection; `applied one 1`, `deleted one`, `listed`, `following`, `failed …` are what is told. */
async function follow({
  lists = [list('10')],
  watches = [],
  following = {},
  collection = {},
}: Play): Promise<Told & { readonly api: PlayedApi }> {
  let listed = 0;
  let watched = 0;
  const api = await playApi((request, response) => {
    if (request.query.get('watch') === 'true') {
      const say = watches[watched] ?? silence;
      watched += 1;
      say(response, request);
      return;
    }
    const said = lists[Math.min(listed, lists.length - 1)] ?? {};
    listed += 1;
    if (typeof said === 'function') said(response, request);
    else answer(response, said);
  });
  closing.push(() => {
    api.close();
  });
  const words: string[] = [];
  const errors: UpstreamError[] = [];
  let heard = (): void => undefined;
  const say = (word: string): void => {
    words.push(word);
    heard();
  };
  const follower = followCollection(
    {
      wire: kubernetesWire(api.kubeConfig, { timeoutMs: 10_000 }),
      collection: { path: '/api/v1/things', ...collection },
      doing: 'watching things',
      listener: {
        applied: ({ name, uid }) => {
          say(`applied ${name} ${uid}`);
        },
        deleted: ({ name, uid }) => {
          say(`deleted ${name} ${uid}`);
        },
        listed: () => {
          say('listed');
        },
        following: () => {
          say('following');
        },
        failed: (error) => {
          errors.push(error);
          say(`failed ${error.code}`);
        },
      },
    },
    { reconnect: { minMs: 1, maxMs: 5 }, silenceMs: 60_000, ...following },
  );
  closing.push(() => follower.stop());
  const until = async (wanted: () => boolean): Promise<void> => {
    while (!wanted()) {
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  };
  return { words, errors, until, api };
}

function item(name: string, resourceVersion: string, uid = '1'): JsonObject {
  return { metadata: { name, uid, resourceVersion } };
}

function list(resourceVersion: string, ...items: readonly JsonObject[]): JsonObject {
  return { kind: 'ThingList', metadata: { resourceVersion }, items };
}

function versionsOf({ asked }: PlayedApi): readonly (string | null)[] {
  return asked.filter(({ query }) => query.has('watch')).map(({ query }) => query.get('resourceVersion'));
}

describe('a watch', () => {
  it('starts where the list ended, and asks for bookmarks and an end', async () => {
    const { words, until, api } = await follow({
      lists: [list('10', item('one', '7'))],
      watches: [
        (response) => {
          stream(response, { type: 'ADDED', object: item('two', '11') }, { type: 'DELETED', object: item('one', '12') });
        },
      ],
    });

    await until(() => words.length === 5);

    expect(words).toEqual(['applied one 1', 'listed', 'following', 'applied two 1', 'deleted one 1']);
    const query = api.asked[1]?.query;
    expect([query?.get('resourceVersion'), query?.get('allowWatchBookmarks')]).toEqual(['10', 'true']);
    expect(Number(query?.get('timeoutSeconds'))).toBeGreaterThanOrEqual(240);
  });

  it('goes on from the last event or bookmark when the server ends it, which is no failure', async () => {
    const { until, errors, api } = await follow({
      watches: [
        (response) => {
          stream(response, { type: 'ADDED', object: item('one', '11') });
          response.end();
        },
        (response) => {
          stream(response, { type: 'BOOKMARK', object: { metadata: { resourceVersion: '20' } } });
          response.end();
        },
        (response) => {
          stream(response, { type: 'DELETED', object: item('one', '21') });
        },
      ],
    });

    await until(() => versionsOf(api).length === 3);

    expect(versionsOf(api)).toEqual(['10', '11', '20']);
    expect(errors).toEqual([]);
  });

  it('goes on from the last whole event when the connection breaks within one', async () => {
    const { words, until, errors, api } = await follow({
      watches: [
        (response) => {
          stream(response, { type: 'ADDED', object: item('one', '11') });
          response.write('{"type":"ADDED","object":{"metadata":{"name":"tw', () => {
            response.destroy();
          });
        },
        (response) => {
          stream(response, { type: 'ADDED', object: item('two', '12') });
        },
      ],
    });

    await until(() => words.includes('applied two 1'));

    expect(versionsOf(api)).toEqual(['10', '11']);
    expect(words.filter((word) => word.startsWith('applied'))).toEqual(['applied one 1', 'applied two 1']);
    expect(errors).toEqual([]);
  });

  it.each([
    [
      'is refused with 410',
      (response: ServerResponse) => {
        answer(response, status(410, 'Gone'), 410);
      },
    ],
    [
      'ends with an event of 410',
      (response: ServerResponse) => {
        stream(response, { type: 'ERROR', object: status(410, 'Expired') });
      },
    ],
  ])('that %s starts from a new list, and tells what vanished or was made anew', async (_what, gone) => {
    const { words, errors, until, api } = await follow({
      lists: [list('10', item('gone', '5'), item('anew', '6'), item('same', '7')), list('90', item('anew', '80', '2'), item('same', '7'))],
      watches: [gone],
    });

    await until(() => words.filter((word) => word === 'listed').length === 2);
    await until(() => words.at(-1) === 'following');

    expect(words.slice(words.indexOf('listed') + 1).filter((word) => word !== 'following')).toEqual([
      'deleted anew 1',
      'applied anew 2',
      'applied same 1',
      'deleted gone 1',
      'listed',
    ]);
    expect(versionsOf(api)).toEqual(['10', '90']);
    expect(errors).toEqual([]);
  });

  it('that ends with another error says so, and goes on where it was', async () => {
    const { errors, until, api } = await follow({
      watches: [
        (response) => {
          stream(response, { type: 'ADDED', object: item('one', '11') }, { type: 'ERROR', object: status(500, 'etcd is away') });
        },
      ],
    });

    await until(() => versionsOf(api).length === 2 && errors.length === 1);

    expect(errors.map(({ message }) => message)).toEqual(['watching things: 500 etcd is away']);
    expect(versionsOf(api)).toEqual(['10', '11']);
  });

  it.each([
    ['is no JSON', 'what?'],
    ['is no event', '[]'],
    ['has an unknown type', '{"type":"GUESSED","object":{}}'],
    ['has an object without identity', '{"type":"ADDED","object":{"metadata":{"name":7}}}'],
    ['has a bookmark without a place', '{"type":"BOOKMARK","object":{}}'],
  ])('with a line that %s says so, without the line, and starts from a new list', async (_what, line) => {
    const { words, errors, until } = await follow({
      lists: [list('10'), list('20', item('one', '15'))],
      watches: [
        (response) => {
          stream(response);
          response.write(`${line}\n`);
        },
      ],
    });

    await until(() => words.includes('applied one 1'));

    expect(errors.map(({ code }) => code)).toEqual(['kubernetes-unexpected']);
    expect(errors[0]?.message).toMatch(/^watching things: an? /);
    expect(errors[0]?.message).not.toContain(line);
  });

  it('that says nothing at all is given up, and what it may have missed is listed', async () => {
    const { words, until } = await follow({
      lists: [list('10'), list('20', item('one', '15'))],
      following: { silenceMs: 20 },
    });

    await until(() => words.includes('applied one 1'));

    expect(words.slice(0, 3)).toEqual(['listed', 'following', 'applied one 1']);
  });

  it('is told of before anything happens', async () => {
    const { words, until } = await follow({});

    await until(() => words.includes('following'));

    expect(words).toEqual(['listed', 'following']);
  });

  it('that is refused is a failure, again and again until it is not', async () => {
    const refuse = (response: ServerResponse): void => {
      answer(response, status(403, 'no'), 403);
    };
    const { words, until } = await follow({ watches: [refuse, refuse] });

    await until(() => words.includes('following'));

    expect(words).toEqual(['listed', 'failed kubernetes-forbidden', 'failed kubernetes-forbidden', 'following']);
  });

  it('survives events that come in pieces of any size', async () => {
    const large = { metadata: { name: 'large', uid: '1', resourceVersion: '11', annotations: { text: 'äöü'.repeat(300_000) } } };
    const bytes = Buffer.from(
      `${JSON.stringify({ type: 'ADDED', object: large })}\n${JSON.stringify({ type: 'ADDED', object: item('next', '12') })}\n`,
    );
    const { words, until } = await follow({
      watches: [
        (response) => {
          stream(response);
          for (let at = 0; at < bytes.length; at += 65_537) response.write(bytes.subarray(at, at + 65_537));
        },
      ],
    });

    await until(() => words.includes('applied next 1'));

    expect(words.slice(-2)).toEqual(['applied large 1', 'applied next 1']);
  });
});

describe('a list', () => {
  it('is read in pages, and from the start again where a page comes too late', async () => {
    const first = { metadata: { resourceVersion: '10', continue: 'next' }, items: [item('first', '1')] };
    const late: Say = (response) => {
      answer(response, status(410, 'Expired'), 410);
    };
    const { words, until, api } = await follow({ lists: [first, late, first, list('10', item('second', '2'))] });

    await until(() => words.includes('listed'));

    expect(api.asked.slice(0, 4).map(({ query }) => `${query.get('limit') ?? ''} ${query.get('continue') ?? '-'}`)).toEqual([
      '500 -',
      '500 next',
      '500 -',
      '500 next',
    ]);
    expect(words.slice(0, 4)).toEqual(['applied first 1', 'applied first 1', 'applied second 1', 'listed']);
  });

  it('with a page that is too long asks for smaller ones', async () => {
    const { words, until, api } = await follow({
      lists: [list('10', { ...item('large', '1'), data: 'x'.repeat(2_000) }), list('10', item('small', '2'))],
      collection: { longestPage: 1_000 },
    });

    await until(() => words.includes('listed'));

    expect(api.asked.slice(0, 2).map(({ query }) => query.get('limit'))).toEqual(['500', '62']);
    expect(words[0]).toBe('applied small 1');
  });

  it.each<[string, string | JsonObject]>([
    ['is no JSON', 'what?'],
    ['has no items', { items: 'none' }],
    ['has an item without identity', { metadata: { resourceVersion: '1' }, items: [{ spec: {} }] }],
  ])('that %s is a failure until it is one', async (_what, body) => {
    const { words, until } = await follow({ lists: [body, list('10')] });

    await until(() => words.includes('listed'));

    expect(words.slice(0, 2)).toEqual(['failed kubernetes-unexpected', 'listed']);
  });

  it('of nothing may be null', async () => {
    const { words, until } = await follow({ lists: [{ metadata: { resourceVersion: '1' }, items: null }] });

    await until(() => words.includes('following'));

    expect(words).toEqual(['listed', 'following']);
  });
});
