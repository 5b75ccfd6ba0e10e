import {
  requireAnyPermission,
  requireApp,
  requireInstallation,
  requireRepository,
} from "../auth/authorize.ts";
import type { Caller } from "../auth/caller.ts";
import { identifyCaller } from "../auth/identify-caller.ts";
import { checkBody } from "../openapi/check-body.ts";
import { checkParameters } from "../openapi/check-parameters.ts";
import type { FoundOperation } from "../openapi/find-operation.ts";
import type { ApiCall, Route } from "../routes/route.ts";
import type { Answer } from "./answer.ts";
import { ApiError } from "./api-error.ts";
import { checkHeaders } from "./check-headers.ts";
import type { ReceivedRequest, ServerContext } from "./context.ts";

/** Checks a request in GitHub's order (who asks, may they, does it fit) and lets its route answer. */
export async function serveOperation(
  request: ReceivedRequest,
  found: FoundOperation | undefined,
  { world, routes }: ServerContext,
  note: (fault: string) => void,
  onCaller: (caller: Caller) => void,
): Promise<Answer> {
  const route = found && routes[found.operation.operationId];
  if (!route) {
    note(
      found ? `the stand-in does not serve ${found.operation.operationId}` : "GitHub has no such operation",
    );
    throw new ApiError(404, "Not Found");
  }
  checkHeaders(request.headers);
  const parameters = checkParameters(found, request.search);
  const checked = checkBody(found.operation, request.text);
  for (const fault of [...parameters.faults, ...checked.unknownProperties]) note(fault);
  const caller = identifyCaller(String(request.headers.authorization ?? ""), world);
  onCaller(caller);
  const accept = String(request.headers.accept ?? "");
  const call = { world, path: parameters.path, query: parameters.query, body: checked.body, accept, caller };
  return answerCall(route, call, parameters.refusal ?? checked.refusal);
}

function answerCall(route: Route, call: ApiCall, refusal: ApiError | undefined): Answer | Promise<Answer> {
  const fitting = () => {
    if (refusal) throw refusal;
    return call;
  };
  if (route.for === "app") {
    requireApp(call.caller);
    return route.answer(fitting());
  }
  const token = requireInstallation(call.caller);
  if (route.for === "installation") return route.answer(fitting());
  const repository = requireRepository(call.world, token, String(call.path.owner), String(call.path.repo));
  const repositoryCall = { ...call, repository };
  requireAnyPermission(token, typeof route.anyOf === "function" ? route.anyOf(repositoryCall) : route.anyOf);
  fitting();
  return route.answer(repositoryCall);
}
