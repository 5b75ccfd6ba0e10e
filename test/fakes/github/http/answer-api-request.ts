import type { Caller } from "../auth/caller.ts";
import { checkAnswer } from "../openapi/check-answer.ts";
import { findOperation } from "../openapi/find-operation.ts";
import type { World } from "../state/world.ts";
import type { Answer } from "./answer.ts";
import { ApiError } from "./api-error.ts";
import type { LoggedCall } from "./call-log.ts";
import type { ReceivedRequest, ServerContext } from "./context.ts";
import { countRequest } from "./count-request.ts";
import { serveOperation } from "./serve-operation.ts";

const DOCUMENTATION = "https://docs.github.com/rest";

/** Answers a request to the REST API; every fault of the request, and of the answer, is noted. */
export async function answerApiRequest(
  request: ReceivedRequest,
  logged: LoggedCall,
  context: ServerContext,
): Promise<Answer> {
  const { world } = context;
  const moved = answerMoved(request, world);
  if (moved) return moved;
  const note = (fault: string) => world.faults.push(`${request.method} ${request.path}: ${fault}`);
  const found = findOperation(request.method, request.path);
  const headers: Record<string, string> = {};
  const refuse = (error: ApiError) => {
    if (error.status === 400 || error.status === 422) note(`${error.status} ${describe(error)}`);
    const body = error.toBody(found?.operation.externalDocs?.url ?? DOCUMENTATION);
    return { status: error.status, headers: { ...headers, ...error.headers }, body };
  };
  try {
    const call = (caller: Caller) => {
      logged.caller = caller.kind;
      Object.assign(headers, countRequest(caller, request.path, world));
    };
    const answer = await serveOperation(request, found, context, note, call);
    const mistakes = answer.raw || !found ? [] : checkAnswer(found.operation, answer.status, answer.body);
    if (mistakes.length > 0) throw new Error(`the answer does not fit: ${mistakes.join("; ")}`);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    if (error instanceof ApiError) return refuse(error);
    note(`the stand-in failed: ${error instanceof Error ? error.stack : String(error)}`);
    return refuse(new ApiError(500, "Server Error"));
  }
}

/** https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects: of a renamed repository */
function answerMoved({ method, path, search }: ReceivedRequest, world: World): Answer | undefined {
  const [, owner = "", name = "", rest = ""] = /^\/repos\/([^/]+)\/([^/]+)(.*)$/.exec(path) ?? [];
  const moved = world.repositories.findMoved(owner, name);
  if (!moved) return undefined;
  const query = search.size === 0 ? "" : `?${search}`;
  const location = world.urls.api(`/repos/${moved.fullName}${rest}${query}`);
  const isRead = method === "GET";
  const message = isRead ? "Moved Permanently" : "Temporary Redirect";
  return { status: isRead ? 301 : 307, headers: { location }, body: { message, url: location } };
}

function describe(error: ApiError): string {
  return [error.message, ...error.errors.map(({ message, field }) => message ?? field)].join(" | ");
}
