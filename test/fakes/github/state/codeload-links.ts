import { randomBytes } from "node:crypto";
import type { Repository } from "./repositories.ts";

export type CodeloadLink = { repository: Repository; commit: string; expiresAt: Date };

// https://docs.github.com/rest/repos/contents#download-a-repository-archive-tar
const LIFETIME_MS = 5 * 60 * 1000;

/** The links by which an archive can be downloaded without a token, for five minutes. */
export class CodeloadLinks {
  readonly #issued = new Map<string, CodeloadLink>();

  /** Gives the secret that the link carries. */
  issue(repository: Repository, commit: string, now: Date): string {
    const secret = randomBytes(15).toString("hex").toUpperCase();
    this.#issued.set(secret, { repository, commit, expiresAt: new Date(now.getTime() + LIFETIME_MS) });
    return secret;
  }

  find(secret: string, now: Date): CodeloadLink | undefined {
    const link = this.#issued.get(secret);
    return link && link.expiresAt > now ? link : undefined;
  }
}
