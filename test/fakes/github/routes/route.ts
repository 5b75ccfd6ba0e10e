import type { Caller } from "../auth/caller.ts";
import type { Answer } from "../http/answer.ts";
import type { ParameterValues } from "../openapi/check-parameters.ts";
import type { Permissions } from "../state/permissions.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";

/** A request that fits GitHub's description, from a caller who may make it. */
export type ApiCall = {
  world: World;
  path: ParameterValues;
  query: ParameterValues;
  body: unknown;
  accept: string;
  caller: Caller;
};

export type RepositoryCall = ApiCall & { repository: Repository };

type Answering<Call> = (call: Call) => Answer | Promise<Answer>;

/** How an operation is served: who may call it, and what it answers. */
export type Route =
  | { for: "app"; answer: Answering<ApiCall> }
  | { for: "installation"; answer: Answering<ApiCall> }
  | { for: "repository"; anyOf: Needs; answer: Answering<RepositoryCall> };

/** Permissions of which any one will do; which they are may depend on what is asked for. */
type Needs = Permissions | ((call: RepositoryCall) => Permissions);

/** Routes by the operation id that GitHub's description gives them. */
export type Routes = { [operationId: string]: Route };
