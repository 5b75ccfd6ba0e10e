import type { FailureHandle, PlannedFailure } from "../http/planned-failures.ts";
import { waitForCheckRun } from "./actions/wait-for-check-run.ts";
import { Actions } from "./actions.ts";
import type { LoggedCall } from "./http/call-log.ts";
import type { ServerContext } from "./http/context.ts";
import type { CheckRun } from "./state/check-runs.ts";
import type { CommitComment } from "./state/commit-comments.ts";
import type { CommitStatus } from "./state/commit-statuses.ts";
import type { Delivery, Payload } from "./state/deliveries.ts";
import type { Comment } from "./state/issues.ts";
import type { Repository } from "./state/repositories.ts";
import { type DeliveryRequest, deliver } from "./webhooks/deliver.ts";
import { pushPayload, type RefUpdate } from "./webhooks/push-payload.ts";

type RunFilter = { owner?: string; repo?: string; sha?: string; name?: string };

/** The running stand-in, as tests hold it: to act on it as people do, to watch the bot, and to cause trouble. */
export class GitHub extends Actions {
  /** Host and port, for `GHE_HOST`. */
  readonly host: string;
  readonly url: string;
  /** Where webhooks go from now on, and the secret that signs them. */
  readonly webhook: { url: string | undefined; secret: string };
  readonly close: () => Promise<void>;
  readonly #context: ServerContext;

  constructor({ context, close }: { context: ServerContext; close: () => Promise<void> }) {
    super(context.world);
    this.#context = context;
    this.url = context.world.urls.base;
    this.host = new URL(this.url).host;
    this.webhook = context.world.webhook;
    this.close = close;
  }

  get appId(): number {
    return this.world.app.id;
  }

  get privateKey(): string {
    return this.world.app.privateKey;
  }

  get webhookSecret(): string {
    return this.webhook.secret;
  }

  /** The environment that points the bot here. */
  env(): Record<string, string> {
    return {
      APP_ID: String(this.appId),
      PRIVATE_KEY: this.privateKey,
      WEBHOOK_SECRET: this.webhook.secret,
      GHE_HOST: this.host,
      GHE_PROTOCOL: "http",
    };
  }

  /** Everything that GitHub would have refused, dropped silently, or not sent; a good test ends with none. */
  get faults(): string[] {
    return this.world.faults;
  }

  get calls(): LoggedCall[] {
    return this.#context.calls.calls;
  }

  /** The calls to the REST API, which GitHub counts; not the downloads from codeload. */
  get apiCalls(): LoggedCall[] {
    return this.calls.filter(({ caller }) => caller !== "codeload");
  }

  resetCalls(): void {
    this.#context.calls.reset();
  }

  get deliveries(): Delivery[] {
    return this.world.deliveries.all;
  }

  /** The check runs so far, of one repository or commit if asked; each with its history. */
  checkRuns({ owner, repo, sha, name }: RunFilter = {}): CheckRun[] {
    return this.world.checkRuns
      .all()
      .filter(({ repository }) => owner === undefined || repository.owner.login === owner)
      .filter(({ repository }) => repo === undefined || repository.name === repo)
      .filter((checkRun) => sha === undefined || checkRun.headSha === sha)
      .filter((checkRun) => name === undefined || checkRun.name === name);
  }

  waitForCheckRun(fits: (checkRun: CheckRun) => boolean, timeoutMs = 5000): Promise<CheckRun> {
    return waitForCheckRun(this.world.checkRuns, fits, timeoutMs);
  }

  statuses(sha?: string): CommitStatus[] {
    return this.world.statuses.all.filter((status) => sha === undefined || status.sha === sha);
  }

  comments(): Comment[] {
    return this.world.issues.comments();
  }

  commitComments(): CommitComment[] {
    return this.world.commitComments.all();
  }

  pushPayload(repository: Repository, update: RefUpdate): Promise<Payload> {
    return pushPayload(update, repository, this.world);
  }

  /** Sends any webhook; where to and the secret are the usual ones if not given. */
  deliver(request: Omit<DeliveryRequest, "to" | "secret"> & Partial<DeliveryRequest>): Promise<Delivery> {
    const to = request.to ?? this.webhook.url;
    if (!to) throw new Error(`nobody said where the ${request.event} webhook is to be sent`);
    return deliver({ ...request, to, secret: request.secret ?? this.webhook.secret }, this.world);
  }

  /** Waits for the webhooks that were sent again on request. */
  settle(): Promise<void> {
    return this.world.settle();
  }

  /** Lets the next matching requests fail. */
  failNext(plan: PlannedFailure): FailureHandle {
    return this.#context.failures.add(plan);
  }

  clearFailures(): void {
    this.#context.failures.clear();
  }

  /** Puts GitHub's clock forward. */
  advanceClock(milliseconds: number): void {
    this.world.clock.advance(milliseconds);
  }
}
