/** Where a builder says what an operator should know; pino's loggers fit. */
export type BuilderLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};
