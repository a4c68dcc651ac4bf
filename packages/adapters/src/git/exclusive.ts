/** One at a time, in the order of asking. */
export type Exclusive = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function exclusive(): Exclusive {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
