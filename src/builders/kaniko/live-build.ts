import type { BuildPlan, BuildTry } from "../builder.ts";
import type { Attachment, OutputStream } from "./attachment.ts";
import type { AttachmentEnd } from "./attachment-end.ts";
import { BuildOutput } from "./build-output.ts";
import { Changes } from "./changes.ts";
import { LineSplitter } from "./line-splitter.ts";

/**
 * Where a build's log comes from. `awaited`: this process is to send the context, and hears the build then.
 * `attached`: it does. `complete`: it heard all. `elsewhere`: the cluster's own log has to be read. `closed`: nobody
 * wants to hear more.
 */
export type Hearing = "awaited" | "attached" | "complete" | "elsewhere" | "closed";

/** What this process knows of a build that it starts, feeds or watches. */
export class LiveBuild {
  readonly output: BuildOutput;
  readonly changes = new Changes();
  hearing: Hearing;
  readonly #splitters = { stdout: new LineSplitter(), stderr: new LineSplitter() };
  readonly #plan: BuildPlan;
  /** Takes out of what is told of the build what nobody is to see. */
  readonly clean: (text: string) => string;
  #attachment: Attachment | undefined;

  constructor(plan: BuildPlan, hearing: "awaited" | "elsewhere", clean: LiveBuild["clean"]) {
    this.#plan = plan;
    this.clean = clean;
    this.output = new BuildOutput(plan, clean);
    this.hearing = hearing;
  }

  /** Whether this is that try at a build, or an earlier one. */
  isUpTo({ buildId, tryNumber }: BuildTry): boolean {
    return this.#plan.buildId === buildId && this.#plan.tryNumber <= tryNumber;
  }

  hear(stream: OutputStream, chunk: Buffer): void {
    if (this.hearing === "awaited") this.#change("attached");
    for (const line of this.#splitters[stream].push(chunk)) this.output.line(line);
  }

  /** The whole context has been sent through `attachment`. */
  fed(attachment: Attachment): void {
    this.#attachment = attachment;
    if (this.hearing === "closed") attachment.close();
    if (this.hearing === "awaited") this.#change("attached");
    const { ended } = attachment;
    if (ended.aborted) this.#ended(ended.reason);
    else ended.addEventListener("abort", () => this.#ended(ended.reason), { once: true });
  }

  /** The context will not come through this process: the build is heard through the cluster from now on. */
  starved(): void {
    this.#change("elsewhere");
  }

  close(): void {
    this.#change("closed");
    this.#attachment?.close();
  }

  #ended({ kind }: AttachmentEnd): void {
    const isComplete = kind === "container-ended";
    // A line that broke off comes whole from elsewhere.
    const rest = isComplete ? Object.values(this.#splitters).flatMap((splitter) => splitter.end()) : [];
    for (const line of rest) this.output.line(line);
    this.#change(isComplete ? "complete" : "elsewhere");
  }

  #change(hearing: Hearing): void {
    if (this.hearing !== "closed") this.hearing = hearing;
    this.changes.tell();
  }
}
