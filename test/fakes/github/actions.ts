import { changeInstallation, type InstallationChange } from "./actions/change-installation.ts";
import { createRepository, type NewRepository } from "./actions/create-repository.ts";
import { inTurn } from "./actions/in-turn.ts";
import { type NewPullRequest, openPullRequest, synchronizePullRequest } from "./actions/open-pull-request.ts";
import * as pushes from "./actions/push.ts";
import { type NewComment, openIssue, writeComment } from "./actions/write-comment.ts";
import { NO_OBJECT } from "./git/no-object.ts";
import { accountOf } from "./state/accounts.ts";
import type { CheckRun } from "./state/check-runs.ts";
import type { Delivery, Payload } from "./state/deliveries.ts";
import type { Comment, Issue, PullRequest } from "./state/issues.ts";
import type { Repository } from "./state/repositories.ts";
import type { World } from "./state/world.ts";
import { announce } from "./webhooks/announce.ts";
import { type CheckRunAction, checkRunPayload } from "./webhooks/check-run-payload.ts";
import { issueCommentPayload } from "./webhooks/issue-comment-payload.ts";
import { pullRequestPayload } from "./webhooks/pull-request-payload.ts";
import { pushPayload } from "./webhooks/push-payload.ts";

/** What was sent about an action, and what came back if webhooks go anywhere. */
export type Announced = { payload: Payload; delivery: Delivery | undefined };

export type Push = pushes.PushedRef & Announced;

/** What people do on GitHub; each tells the bot and resolves once the bot has answered. */
export class Actions {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** Makes a repository; nothing is sent about that. */
  createRepository(request: NewRepository = {}): Promise<Repository> {
    return createRepository(request, this.world);
  }

  /** Commits files to a branch. */
  async push(repository: Repository, push: pushes.CommitPush): Promise<Push> {
    return this.#pushed(
      repository,
      await inTurn(repository, () => pushes.pushCommit(push, repository, this.world)),
    );
  }

  async pushTag(repository: Repository, push: pushes.TagPush): Promise<Push> {
    return this.#pushed(
      repository,
      await inTurn(repository, () => pushes.pushTag(push, repository, this.world)),
    );
  }

  async deleteRef(repository: Repository, deletion: pushes.RefDeletion): Promise<Push> {
    return this.#pushed(
      repository,
      await inTurn(repository, () => pushes.pushDeletion(deletion, repository)),
    );
  }

  async openPullRequest(
    repository: Repository,
    request: NewPullRequest,
  ): Promise<Announced & { pullRequest: PullRequest }> {
    const pullRequest = await openPullRequest(request, repository, this.world);
    const payload = pullRequestPayload({ action: "opened" }, pullRequest, pullRequest.author, this.world);
    return { pullRequest, ...(await this.#announce("pull_request", payload, repository)) };
  }

  /** Closes a pull request without merging it. */
  closePullRequest(pullRequest: PullRequest, sender = "mona"): Promise<Announced> {
    Object.assign(pullRequest, { state: "closed", closedAt: this.world.clock.now() });
    const payload = pullRequestPayload({ action: "closed" }, pullRequest, accountOf(sender), this.world);
    return this.#announce("pull_request", payload, pullRequest.repository);
  }

  /** Opens an issue; nothing is sent about that. */
  openIssue(repository: Repository, request: { title?: string; body?: string; sender?: string } = {}): Issue {
    return openIssue(request, repository, this.world);
  }

  async comment(repository: Repository, request: NewComment): Promise<Announced & { comment: Comment }> {
    const comment = writeComment(request, repository, this.world);
    const payload = issueCommentPayload("created", comment, this.world);
    return { comment, ...(await this.#announce("issue_comment", payload, repository)) };
  }

  /** Presses “Re-run” on a check run. */
  rerequest(checkRun: CheckRun, sender = "mona"): Promise<Announced> {
    return this.#pressed({ action: "rerequested" }, checkRun, sender);
  }

  /** Presses one of the buttons that the check run asked for. */
  requestAction(checkRun: CheckRun, identifier: string, sender = "mona"): Promise<Announced> {
    const isOffered = checkRun.actions.some((action) => action.identifier === identifier);
    if (!isOffered) throw new Error(`the check run ${checkRun.name} has no button ${identifier}`);
    return this.#pressed({ action: "requested_action", requested_action: { identifier } }, checkRun, sender);
  }

  /** Installs the app anew on a repository's owner, or removes, suspends or resumes it there. */
  changeInstallation(repository: Repository, change: InstallationChange): Promise<Delivery | undefined> {
    return changeInstallation(change, repository, this.world);
  }

  #pressed(happened: CheckRunAction, checkRun: CheckRun, sender: string): Promise<Announced> {
    const payload = checkRunPayload(happened, checkRun, accountOf(sender), this.world);
    return this.#announce("check_run", payload, checkRun.repository);
  }

  async #pushed(repository: Repository, pushed: pushes.PushedRef): Promise<Push> {
    const payload = await pushPayload(pushed, repository, this.world);
    const announced = await this.#announce("push", payload, repository);
    for (const pullRequest of this.world.issues.pullsFrom(repository, pushed.ref)) {
      await this.#synchronized(pullRequest, pushed);
    }
    return { ...pushed, ...announced };
  }

  async #synchronized(pullRequest: PullRequest, { before, after, sender }: pushes.PushedRef): Promise<void> {
    if (after === NO_OBJECT) return;
    await synchronizePullRequest(pullRequest, after);
    const happened = { action: "synchronize", before, after } as const;
    const payload = pullRequestPayload(happened, pullRequest, accountOf(sender), this.world);
    await this.#announce("pull_request", payload, pullRequest.repository);
  }

  async #announce(event: string, payload: Payload, repository: Repository): Promise<Announced> {
    return { payload, delivery: await announce(event, payload, repository, this.world) };
  }
}
