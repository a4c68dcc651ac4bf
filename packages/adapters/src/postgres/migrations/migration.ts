/** One step of the schema, run once, as owner, in a transaction of its own. Released ones never change. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}
