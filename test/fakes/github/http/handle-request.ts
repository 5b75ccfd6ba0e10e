import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import type { PlannedFailure } from "../../http/planned-failures.ts";
import { failureAnswer } from "../failures/failure-answer.ts";
import { findOperation } from "../openapi/find-operation.ts";
import { answerApiRequest } from "./answer-api-request.ts";
import type { LoggedCall } from "./call-log.ts";
import type { ReceivedRequest, ServerContext } from "./context.ts";
import { sendAnswer } from "./send-answer.ts";
import { serveCodeload } from "./serve-codeload.ts";

const API = "/api/v3";
const CODELOAD = "/codeload/";

/** Serves one HTTP request, or lets it fail as a test has planned. */
export async function handleRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  context: ServerContext,
): Promise<void> {
  const request = await readRequest(incoming);
  const logged = context.calls.begin(request.method, request.path, context.world.clock.now());
  if (request.path.startsWith(CODELOAD))
    Object.assign(logged, { caller: "codeload", operationId: "codeload" });
  else logged.operationId = findOperation(request.method, request.path)?.operation.operationId;
  response.once("finish", () => {
    logged.status = response.statusCode;
  });
  const plan = context.failures.take(request.method, request.path);
  if (plan?.delayMs) await waitUnlessGone(plan.delayMs, response);
  if (plan && !plan.afterEffect && (await fail(plan, response))) return;
  await serve(request, logged, response, context, plan);
}

async function serve(
  request: ReceivedRequest,
  logged: LoggedCall,
  response: ServerResponse,
  context: ServerContext,
  plan: PlannedFailure | undefined,
): Promise<void> {
  if (logged.caller === "codeload") {
    return serveCodeload(request, response, context.world, plan);
  }
  const answer = await answerApiRequest(request, logged, context);
  if (plan?.afterEffect && (await fail(plan, response))) return;
  await sendAnswer(response, answer, plan);
}

async function readRequest(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const url = new URL(incoming.url ?? "/", "http://github.invalid");
  return {
    method: incoming.method ?? "GET",
    path: url.pathname.startsWith(API) ? url.pathname.slice(API.length) || "/" : url.pathname,
    search: url.searchParams,
    headers: incoming.headers,
    text: await text(incoming),
  };
}

/** Whether the plan left nothing more to do for this request. */
async function fail(plan: PlannedFailure, response: ServerResponse): Promise<boolean> {
  if (plan.hang && plan.afterBytes === undefined) await once(response, "close");
  else if (plan.disconnect) response.destroy();
  else if (plan.status) await sendAnswer(response, failureAnswer(plan.status, plan), plan);
  else return false;
  return true;
}

async function waitUnlessGone(milliseconds: number, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  await wait(milliseconds, undefined, { signal: gone.signal }).catch(() => {});
}
