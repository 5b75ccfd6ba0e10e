import { Mailbox } from "../mailbox.ts";
import type { LogEntry } from "./bot-log.ts";

const WARNING = 40;

/** What a person would want to know of a build while it runs. */
export type BuildNews =
  | { kind: "stage"; stage: string; at: number; tryNumber: number }
  | { kind: "trouble"; text: string; level: "warning" | "note" };

/** A build that the bot has accepted. */
export type WatchedBuild = { id: string; commit: string; acceptedAt: number; news: Mailbox<BuildNews> };

/** Sorts the bot's log by builds. */
export class WatchedBuilds {
  /** The builds in the order in which they were accepted. */
  readonly accepted = new Mailbox<WatchedBuild>();
  readonly #byId = new Map<string, Mailbox<BuildNews>>();
  /** The queue may hand a build out before the log has said that it was accepted. */
  readonly #early = new Map<string, LogEntry[]>();

  hear(entry: LogEntry): void {
    const { build: id, commit, stage, at } = entry;
    if (id === undefined) return;
    const news = this.#byId.get(id);
    if (news) tell(news, entry);
    else if (stage === "accepted" && commit !== undefined && at !== undefined) {
      const build = { id, commit, acceptedAt: at, news: new Mailbox<BuildNews>() };
      this.#byId.set(id, build.news);
      for (const known of [entry, ...(this.#early.get(id) ?? [])]) tell(build.news, known);
      this.#early.delete(id);
      this.accepted.put(build);
    } else this.#early.set(id, [...(this.#early.get(id) ?? []), entry]);
  }

  /** The bot is gone: nobody will hear more. */
  fail(error: Error): void {
    this.accepted.fail(error);
    for (const news of this.#byId.values()) news.fail(error);
  }
}

function tell(news: Mailbox<BuildNews>, { stage, at, msg, err, level, tryNumber = 1 }: LogEntry): void {
  if (stage !== undefined && at !== undefined) news.put({ kind: "stage", stage, at, tryNumber });
  else if (err) {
    const text = `${msg}: ${err.message}`;
    news.put({ kind: "trouble", text, level: level >= WARNING ? "warning" : "note" });
  }
}
