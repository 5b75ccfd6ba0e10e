import type { Repository } from "../state/repositories.ts";
import { pushPayload } from "../webhooks/push-payload.ts";
import type { Announced } from "./announcing.ts";
import { inTurn } from "./in-turn.ts";
import { PullRequestActions } from "./pull-request-actions.ts";
import * as pushes from "./push.ts";

export type Push = pushes.PushedRef & Announced;

export class PushActions extends PullRequestActions {
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

  async #pushed(repository: Repository, pushed: pushes.PushedRef): Promise<Push> {
    const payload = await pushPayload(pushed, repository, this.world);
    const announced = await this.announce("push", payload, repository);
    await this.synchronize(repository, pushed);
    return { ...pushed, ...announced };
  }
}
