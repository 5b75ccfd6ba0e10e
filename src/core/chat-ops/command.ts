/** What a person asks of the bot in a comment. `image` is a name out of the repository's configuration. */
export type Command =
  | { kind: "build"; image?: string }
  | { kind: "rebuild"; image?: string; noCache: boolean }
  | { kind: "cancel"; image?: string }
  | { kind: "status" }
  | { kind: "why"; image?: string }
  | { kind: "promote"; imageTag: string }
  /** `commit` is the beginning of a commit's SHA, or all of it, in lower case. */
  | { kind: "ok-to-build"; commit?: string }
  | { kind: "help" };

/** A line that was meant as a command and is none. */
export type CommandFault = {
  /** The line, cut to what an answer can show. */
  written: string;
  /** What is wrong with it and what to write instead, as a sentence of markdown without a full stop. */
  message: string;
};
