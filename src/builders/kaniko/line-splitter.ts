import { StringDecoder } from "node:string_decoder";

/** Kaniko's record of a long instruction must stay whole to be read. */
const MAX_LINE = 64 * 1024;

/** Makes lines of bytes that come in any pieces. A line longer than 64 KiB is cut, and its rest left out. */
export class LineSplitter {
  readonly #decoder = new StringDecoder("utf8");
  #partial = "";
  #isCut = false;

  /** The lines that this chunk completes. */
  push(chunk: Buffer): string[] {
    const [first = "", ...rest] = this.#decoder.write(chunk).split("\n");
    this.#append(first);
    return rest.map((next) => {
      const line = this.#take();
      this.#append(next);
      return line;
    });
  }

  /** The last line, if it has no end. */
  end(): string[] {
    this.#append(this.#decoder.end());
    return this.#partial === "" ? [] : [this.#take()];
  }

  #append(text: string): void {
    if (this.#isCut) return;
    this.#partial += text;
    if (this.#partial.length <= MAX_LINE) return;
    this.#partial = `${this.#partial.slice(0, MAX_LINE - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
    this.#isCut = true;
  }

  #take(): string {
    const line = this.#partial;
    this.#partial = "";
    this.#isCut = false;
    return line;
  }
}
