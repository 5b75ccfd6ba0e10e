import { commandEndIn, isBorneOut } from "../../core/command-end.ts";
import type { Digest } from "../../core/image-reference.ts";
import type { BuildObserver, BuildPlan } from "../builder.ts";
import { BuildSteps } from "./build-steps.ts";
import { parseLogLine, pushedImage, retrievedImage, splitRecord } from "./log-line.ts";
import type { HeardLines } from "./log-place.ts";

const TAIL_LINES = 400;
const TAIL_CHARACTERS = 64 * 1024;
/** There are 256 exit codes, and fewer signals. */
const MAX_ENDS = 512;

/** What a build has said so far, from whatever source it comes. */
export class BuildOutput {
  readonly #destinations: readonly string[];
  readonly #clean: (text: string) => string;
  readonly #tail: string[] = [];
  #tailCharacters = 0;
  readonly #observers = new Set<BuildObserver>();
  #pushes = 0;
  /** What was pushed last, if nothing was said after that. */
  #lastWord: Digest | undefined;
  #isHelp = false;
  /** What came so far, the lines not worth showing included. */
  readonly heard: HeardLines = { count: 0, first: undefined };
  readonly steps = new BuildSteps();
  /** Kept aside: what a command leaves running may push it out of the log's end. */
  readonly #commandEnds = new Set<string>();
  /** The image that the builder asked a registry for last. */
  image: string | undefined;

  /** `clean` takes out of every line what nobody is to see. */
  constructor({ destinations }: Pick<BuildPlan, "destinations">, clean = (text: string) => text) {
    this.#destinations = destinations.map(repositoryOf);
    this.#clean = clean;
  }

  /** `observer` hears of each line, first of those still known, until the returned function is called. */
  observe(observer: BuildObserver): () => void {
    for (const line of this.#tail) observer.log(line);
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  line(raw: string): void {
    this.heard.count += 1;
    this.heard.first ??= raw;
    for (const part of splitRecord(raw)) this.#hear(part);
  }

  #hear(raw: string): void {
    const line = parseLogLine(raw, this.#clean);
    if (line === undefined || this.#isUsage(line)) return;
    const pushed = pushedImage(line);
    const isImage = pushed !== undefined && this.#destinations.includes(pushed.repository);
    this.#lastWord = isImage ? pushed.digest : undefined;
    if (isImage) this.#pushes += 1;
    this.steps.hear(line);
    if (!this.steps.isCommandRunning) this.image = retrievedImage(line) ?? this.image;
    const commandEnd = line.record ? undefined : commandEndIn(line.whole);
    if (commandEnd !== undefined && this.#commandEnds.size < MAX_ENDS) this.#commandEnds.add(commandEnd);
    this.#keep(line.text);
    for (const observer of this.#observers) observer.log(line.text);
  }

  /** The end of the log, oldest line first. */
  get tail(): string[] {
    return [...this.#tail];
  }

  /** How the build's last command ended, if it is that which ended the build with this exit code. */
  commandEnd(exitCode: number | undefined): string | undefined {
    return [...this.#commandEnds].find((end) => isBorneOut(end, exitCode));
  }

  /** The digest that was pushed, if that to the last destination was the last word. Asked when the log has ended. */
  get announced(): Digest | undefined {
    return this.#pushes >= this.#destinations.length ? this.#lastWord : undefined;
  }

  /** Kaniko adds pages of advice about its flags to some errors, before any command of the build has run. */
  #isUsage({ text }: { text: string }): boolean {
    if (this.steps.step === undefined && text === "Usage:") this.#isHelp = true;
    return this.#isHelp;
  }

  #keep(text: string): void {
    this.#tail.push(text);
    this.#tailCharacters += text.length;
    while (
      this.#tail.length > TAIL_LINES ||
      (this.#tailCharacters > TAIL_CHARACTERS && this.#tail.length > 1)
    ) {
      this.#tailCharacters -= this.#tail.shift()?.length ?? 0;
    }
  }
}

/** As Kaniko words it: https://github.com/google/go-containerregistry/blob/v0.20.2/pkg/name/registry.go (docker.io) */
function repositoryOf(destination: string): string {
  return destination.replace(/:[^:/]*$/, "").replace(/^docker\.io\//, "index.docker.io/");
}
