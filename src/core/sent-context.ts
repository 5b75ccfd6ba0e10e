/** What is known of what a build was sent. */
export type SentContext = {
  /** The Dockerfile's text. */
  dockerfile?: string | undefined;
  /** Paths that the Dockerfile copies and that the context does not have, each with those that may be meant. */
  missing?: ReadonlyMap<string, readonly string[]>;
};
