import type { FailureHandle, PlannedFailure, PlannedFailures } from "../http/planned-failures.ts";
import { Actions } from "./actions/actions.ts";
import type { LoggedCall } from "./http/handle-request.ts";
import type { AccessToken, CommitStatus, World } from "./state/world.ts";
import type { Delivery, WebhookTarget } from "./webhooks/deliver.ts";

type Parts = {
  world: World;
  failures: PlannedFailures;
  calls: LoggedCall[];
  webhook: WebhookTarget;
  bot: AccessToken;
  close: () => Promise<void>;
};

/** The running stand-in, as tests hold it: to act on it as people do, to watch the bot, and to cause trouble. */
export class GitLab extends Actions {
  readonly url: string;
  readonly host: string;
  /** What the bot uses. */
  readonly bot: AccessToken;
  readonly calls: LoggedCall[];
  readonly close: () => Promise<void>;
  readonly #failures: PlannedFailures;

  constructor({ world, failures, calls, webhook, bot, close }: Parts) {
    super(world, webhook);
    this.url = world.url;
    this.host = new URL(world.url).host;
    this.bot = bot;
    this.calls = calls;
    this.close = close;
    this.#failures = failures;
  }

  /** Everything that GitLab would have refused or carried out by mistake; a good test ends with none. */
  get faults(): string[] {
    return this.world.faults;
  }

  get statuses(): CommitStatus[] {
    return this.world.statuses;
  }

  get deliveries(): Delivery[] {
    return this.webhook.deliveries;
  }

  /** Lets the next matching requests fail. */
  failNext(plan: PlannedFailure): FailureHandle {
    return this.#failures.add(plan);
  }
}
