import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { PlannedFailure, PlannedFailures } from "../../http/planned-failures.ts";
import type { World } from "../state/world.ts";
import { answerRequest } from "./answer-request.ts";
import type { Answer } from "./route.ts";

export type LoggedCall = { method: string; path: string; status: number };

/** Serves one HTTP request, or lets it fail as a test has planned. */
export async function handleRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  { world, failures, calls }: { world: World; failures: PlannedFailures; calls: LoggedCall[] },
): Promise<void> {
  const method = incoming.method ?? "GET";
  const url = new URL(incoming.url ?? "/", world.url);
  const request = { method, url, headers: incoming.headers, text: await text(incoming) };
  const logged: LoggedCall = { method, path: url.pathname, status: 0 };
  calls.push(logged);
  response.once("finish", () => {
    logged.status = response.statusCode;
  });
  const plan = failures.take(method, url.pathname);
  if (plan && !plan.afterEffect && plan.afterBytes === undefined) return fail(plan, response);
  const answer = await answerRequest(request, world);
  if (plan?.afterEffect) return fail(plan, response);
  await send(response, answer, plan?.afterBytes);
}

function fail(plan: PlannedFailure, response: ServerResponse): void {
  if (plan.disconnect) response.destroy();
  else if (!plan.hang)
    response
      .writeHead(plan.status ?? 502, { "content-type": "text/html", ...plan.headers })
      .end(plan.body ?? "<html><body>GitLab is not responding</body></html>");
}

async function send(response: ServerResponse, answer: Answer, afterBytes?: number): Promise<void> {
  const { status = 200, body, headers, stream } = answer;
  if (stream) {
    response.writeHead(status, { "content-type": "application/octet-stream", ...headers });
    if (afterBytes === undefined) return pipeline(stream, response);
    for await (const chunk of stream) {
      await new Promise((resolve) => response.write((chunk as Buffer).subarray(0, afterBytes), resolve));
      break;
    }
    response.destroy();
    return;
  }
  const json = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(json),
    ...headers,
  });
  if (afterBytes === undefined) response.end(json);
  else response.write(json.slice(0, afterBytes), () => response.destroy());
}
