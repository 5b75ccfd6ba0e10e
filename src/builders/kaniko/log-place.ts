/** What was heard of a log by another way, which may have begun after its first lines. */
export type HeardLines = { count: number; first: string | undefined };

/** How many lines a container may have written before anybody heard it. */
const MAX_UNHEARD = 20;

/**
 * Knows which lines of a log are new when it is read from its start again and again: the API's `sinceTime` knows whole
 * seconds only.
 */
export class LogPlace {
  readonly #heard: HeardLines;
  /** How many lines from the start are known; undefined until the first heard line is found. */
  #known: number | undefined;
  #read = 0;
  #held: string[] = [];

  constructor(heard: HeardLines) {
    this.#heard = heard;
    this.#known = heard.first === undefined ? heard.count : undefined;
  }

  /** The log is read from its start. */
  restart(): void {
    this.#read = 0;
    this.#held = [];
  }

  /** Which lines to pass on, now that this one was read. */
  read(line: string): string[] {
    this.#read += 1;
    if (this.#known === undefined) return this.#seek(line);
    if (this.#read <= this.#known) return [];
    this.#known = this.#read;
    return [line];
  }

  /** Which lines to pass on, now that no more will come. */
  end(): string[] {
    return this.#known === undefined ? this.#settle(0) : [];
  }

  #seek(line: string): string[] {
    this.#held.push(line);
    if (line === this.#heard.first) return this.#settle(this.#read - 1);
    return this.#read > MAX_UNHEARD ? this.#settle(0) : [];
  }

  /** What was heard began after `unheard` lines. */
  #settle(unheard: number): string[] {
    const known = unheard + this.#heard.count;
    this.#known = Math.max(known, this.#read);
    return this.#held.slice(known);
  }
}
