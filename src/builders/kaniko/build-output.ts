import type { Digest } from "../../core/image-reference.ts";
import type { BuildObserver } from "../builder.ts";
import { type LogLine, parseLogLine, pushedDigest, retrievedImage, startedStep } from "./log-line.ts";
import type { HeardLines } from "./log-place.ts";

const TAIL_LINES = 400;
const TAIL_CHARACTERS = 64 * 1024;

/** What a build has said so far, from whatever source it comes. */
export class BuildOutput {
  readonly #destinations: number;
  readonly #tail: string[] = [];
  #tailCharacters = 0;
  readonly #observers = new Set<BuildObserver>();
  #lastWord: LogLine | undefined;
  #announcements = 0;
  #isHelp = false;
  /** What came so far, the lines not worth showing included. */
  readonly heard: HeardLines = { count: 0, first: undefined };
  /** The instruction that the builder began with last. */
  step: string | undefined;
  /** The image that the builder asked a registry for last. */
  image: string | undefined;

  constructor(destinations: number) {
    this.#destinations = destinations;
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
    const line = parseLogLine(raw);
    if (line === undefined || this.#isUsage(line)) return;
    this.#lastWord = line;
    this.step = startedStep(line) ?? this.step;
    this.image = retrievedImage(line) ?? this.image;
    if (pushedDigest(line)) this.#announcements += 1;
    this.#keep(line.text);
    for (const observer of this.#observers) observer.log(line.text);
  }

  /** The end of the log, oldest line first. */
  get tail(): string[] {
    return [...this.#tail];
  }

  /** The digest that was pushed, if that to the last destination was the last word. Asked when the log has ended. */
  get announced(): Digest | undefined {
    const isComplete = this.#lastWord !== undefined && this.#announcements >= this.#destinations;
    return isComplete && this.#lastWord ? pushedDigest(this.#lastWord) : undefined;
  }

  /** Kaniko adds pages of advice about its flags to some errors, before any command of the build has run. */
  #isUsage({ text }: LogLine): boolean {
    if (this.step === undefined && text === "Usage:") this.#isHelp = true;
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
