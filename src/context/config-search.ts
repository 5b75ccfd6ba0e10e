import { CONFIG_FILE } from "../core/repo-config.ts";

/** A configuration's text; undefined when there is none. */
export type FoundConfig = string | "too large" | undefined;

/** In bytes. */
export const MAX_CONFIG = 256 * 1024;

const GIT_HEADER = "pax_global_header";

/**
 * Looks for the configuration in an archive that passes by, and tells as soon as it can. `git archive` writes a folder's
 * entries in the order of their bytes, a folder as if its name ended with a slash: what comes after the configuration's
 * place shows that there is none. Of an archive that Git did not write, only the end shows that.
 */
export class ConfigSearch {
  readonly #settle: (config: FoundConfig) => void;
  #isOrdered = false;
  #last = "";
  #isThere = false;
  #isOver = false;

  constructor(settle: (config: FoundConfig) => void) {
    this.#settle = settle;
  }

  /** `block` is the archive's first. Git begins with the commit's SHA, in a header of this name. */
  begins(block: Buffer): void {
    this.#isOrdered = block.toString("latin1", 0, GIT_HEADER.length) === GIT_HEADER;
  }

  /** An entry begins. */
  meets(path: string, isFolder: boolean): void {
    const slash = path.indexOf("/");
    const name = slash >= 0 ? path.slice(0, slash + 1) : isFolder && path !== "" ? `${path}/` : path;
    if (name === this.#last) return;
    if (isAfter(this.#last, name)) this.#isOrdered = false;
    this.#last = name;
    if (name === CONFIG_FILE) {
      if (this.#isOver) throw new Error(`the archive has its ${CONFIG_FILE} where Git would not put it`);
      this.#isThere = true;
    }
    const hasPassed = this.#isOrdered && isAfter(name, CONFIG_FILE);
    if (hasPassed && !this.#isThere) this.finds(undefined);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The configuration passed by, or the archive has ended. */
  finds(config: FoundConfig): void {
    if (!this.#isOver) this.#settle(config);
    this.#isOver = true;
  }
}

function isAfter(one: string, other: string): boolean {
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) > 0;
}
