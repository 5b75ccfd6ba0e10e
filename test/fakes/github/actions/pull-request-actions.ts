import { NO_OBJECT } from "../../git/no-object.ts";
import { accountOf } from "../state/accounts.ts";
import type { PullRequest } from "../state/issues.ts";
import type { Repository } from "../state/repositories.ts";
import { type PullRequestAction, pullRequestPayload } from "../webhooks/pull-request-payload.ts";
import { type Announced, Announcing } from "./announcing.ts";
import {
  changeBase,
  type NewPullRequest,
  openPullRequest,
  synchronizePullRequest,
} from "./open-pull-request.ts";
import type { PushedRef } from "./push.ts";

export class PullRequestActions extends Announcing {
  async openPullRequest(
    repository: Repository,
    request: NewPullRequest,
  ): Promise<Announced & { pullRequest: PullRequest }> {
    const pullRequest = await openPullRequest(request, repository, this.world);
    const { login } = pullRequest.author;
    return { pullRequest, ...(await this.#changed({ action: "opened" }, pullRequest, login)) };
  }

  /** Closes a pull request without merging it. */
  closePullRequest(pullRequest: PullRequest, sender = "mona"): Promise<Announced> {
    Object.assign(pullRequest, { state: "closed", closedAt: this.world.clock.now() });
    return this.#changed({ action: "closed" }, pullRequest, sender);
  }

  reopenPullRequest(pullRequest: PullRequest, sender = "mona"): Promise<Announced> {
    Object.assign(pullRequest, { state: "open", closedAt: null });
    return this.#changed({ action: "reopened" }, pullRequest, sender);
  }

  /** Makes an ordinary pull request of a draft. */
  readyForReview(pullRequest: PullRequest, sender = "mona"): Promise<Announced> {
    pullRequest.pull.isDraft = false;
    return this.#changed({ action: "ready_for_review" }, pullRequest, sender);
  }

  async changeBase(pullRequest: PullRequest, base: string, sender = "mona"): Promise<Announced> {
    const { baseRef, baseSha } = pullRequest.pull;
    await changeBase(pullRequest, base);
    const changes = { base: { ref: { from: baseRef }, sha: { from: baseSha } } };
    return this.#changed({ action: "edited", changes }, pullRequest, sender);
  }

  changeTitle(pullRequest: PullRequest, title: string, sender = "mona"): Promise<Announced> {
    const changes = { title: { from: pullRequest.title } };
    pullRequest.title = title;
    return this.#changed({ action: "edited", changes }, pullRequest, sender);
  }

  /** Lets the open pull requests from a branch go on with what was pushed to it. */
  protected async synchronize(repository: Repository, pushed: PushedRef): Promise<void> {
    const { ref, before, after, sender } = pushed;
    if (after === NO_OBJECT) return;
    for (const pullRequest of this.world.issues.pullsFrom(repository, ref)) {
      await synchronizePullRequest(pullRequest, after);
      await this.#changed({ action: "synchronize", before, after }, pullRequest, sender);
    }
  }

  #changed(happened: PullRequestAction, pullRequest: PullRequest, sender: string): Promise<Announced> {
    const payload = pullRequestPayload(happened, pullRequest, accountOf(sender), this.world);
    return this.announce("pull_request", payload, pullRequest.repository);
  }
}
