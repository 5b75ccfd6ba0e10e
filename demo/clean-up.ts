/** What must be undone at the end, whatever happened; what was done last is undone first. */
export type CleanUp = {
  /** Say what will be gone: `the namespace pushwright-demo`. Register before the thing comes into being. */
  later(what: string, undo: () => Promise<unknown>): void;
  /** Undoes everything, and resolves to what could not be undone, with the reasons. */
  run(): Promise<string[]>;
  /** What is still to be undone. */
  left(): string[];
};

export function createCleanUp(): CleanUp {
  const tasks: { what: string; undo: () => Promise<unknown> }[] = [];
  return {
    later(what, undo) {
      tasks.push({ what, undo });
    },
    async run() {
      const failures: string[] = [];
      for (let task = tasks.at(-1); task; task = tasks.at(-1)) {
        const { what, undo } = task;
        await undo().catch((error: Error) => failures.push(`${what}: ${error.message}`));
        tasks.pop();
      }
      return failures;
    },
    left: () => tasks.map(({ what }) => what),
  };
}
