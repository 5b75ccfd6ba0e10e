/** What node-postgres' pool and PGlite's have in common. Without parameters, a text may hold several statements. */
export type Sql = {
  // biome-ignore lint/suspicious/noExplicitAny: rows are what the statements make them
  query(text: string, params?: unknown[]): Promise<{ rows: any[] }>;
};
