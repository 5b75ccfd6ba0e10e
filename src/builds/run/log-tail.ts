/** The end of a log within bounds, however long the log grows. */
export type LogTail = {
  add(line: string): void;
  /** Oldest first. */
  lines(): string[];
};

/** Together under what one check run can show, and small enough to be kept with each build. */
const MAX_LINES = 400;
const MAX_CHARACTERS = 40_000;

export function createLogTail(): LogTail {
  const kept: string[] = [];
  let characters = 0;
  return {
    add(line) {
      kept.push(line);
      characters += line.length;
      while (kept.length > MAX_LINES || (characters > MAX_CHARACTERS && kept.length > 1)) {
        characters -= kept.shift()?.length ?? 0;
      }
    },
    lines: () => [...kept],
  };
}
