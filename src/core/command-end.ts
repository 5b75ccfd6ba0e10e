/** As Kaniko says it, on a line that its command may have begun: https://github.com/GoogleContainerTools/kaniko/blob/v1.24.0/pkg/commands/run.go */
const COMMAND_END =
  /error building image: error building stage: failed to execute command: waiting for process to exit: (exit status \d{1,3}|signal: [\w ]{1,40})(?: \(core dumped\))?$/;
/** https://pkg.go.dev/os#ProcessState.ExitCode: -1 for a signal, which becomes this. */
const EXIT_AFTER_SIGNAL = 255;

/** How the command of a `RUN` ended, when that is what ends the build: `exit status 3`, `signal: killed`. */
export function commandEndIn(line: string): string | undefined {
  return COMMAND_END.exec(line)?.[1];
}

/**
 * Whether Kaniko's exit code, which is the command's, bears the words out. A command may print words of another end,
 * but it cannot choose another exit code than its own.
 */
export function isBorneOut(commandEnd: string, exitCode: number | undefined): boolean {
  const [, status] = /^exit status (\d+)$/.exec(commandEnd) ?? [];
  return exitCode === (status === undefined ? EXIT_AFTER_SIGNAL : Number(status));
}
