/** One event on stderr as one line of JSON. Values are names, ids and counts; an error gives its message and stack. */
export type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

export function lineLog(output: NodeJS.WritableStream, now: () => Date): Log {
  return (event, fields = {}) => {
    output.write(
      `${JSON.stringify({ at: now().toISOString(), event, ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, plain(value)])) })}\n`,
    );
  };
}

function plain(value: unknown): unknown {
  return value instanceof Error
    ? { name: value.name, message: value.message, stack: value.stack, ...(value.cause === undefined ? {} : { cause: plain(value.cause) }) }
    : value;
}
