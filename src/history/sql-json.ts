/** A value for a jsonb column; of a bare list, node-postgres would make one of PostgreSQL's arrays. */
export function toSqlJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
