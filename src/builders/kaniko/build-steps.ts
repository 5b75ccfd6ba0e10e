import type { LogLine } from "./log-line.ts";

const INSTRUCTION =
  /^(?:RUN|COPY|ADD|WORKDIR|USER|ENV|ARG|LABEL|VOLUME|SHELL|ONBUILD|EXPOSE|CMD|ENTRYPOINT|HEALTHCHECK|STOPSIGNAL|MAINTAINER)\s/i;
/** What Kaniko says in turn when it starts the command of a `RUN`. */
const START = [/^Cmd: /, /^Args: \[/, /^Running: \[/];
const COMMAND_OVER = "Taking snapshot of full filesystem...";

/**
 * The instruction that a build has come to. While a command runs, only it speaks, and it may print what it likes, also
 * what looks like Kaniko's records: nothing is believed until Kaniko says what it says after each command.
 */
export class BuildSteps {
  /** The instruction that the builder began with last, as the Dockerfile words it. */
  step: string | undefined;
  /** The `RUN` whose command it started last. */
  run: string | undefined;
  /** Whether what is heard now may be a command's. */
  isCommandRunning = false;
  #started = 0;

  hear({ whole, record }: LogLine): void {
    if (!record) return;
    if (whole === COMMAND_OVER) this.isCommandRunning = false;
    if (this.isCommandRunning) return;
    if (INSTRUCTION.test(whole)) {
      this.step = whole;
      this.#started = 0;
    }
    // The layer before is pushed into the cache meanwhile, and that is told in between.
    if (!START[this.#started]?.test(whole)) return;
    this.#started += 1;
    if (this.#started < START.length) return;
    this.#started = 0;
    this.isCommandRunning = true;
    if (this.step !== undefined && /^RUN\s/i.test(this.step)) this.run = this.step;
  }
}
