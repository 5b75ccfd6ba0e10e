import type { PlannedFailure } from "../../http/planned-failures.ts";
import type { Answer } from "../http/answer.ts";

const MESSAGES: Record<number, string> = {
  // https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
  403: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
  429: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
  404: "Not Found",
  500: "Server Error",
  502: "Server Error",
  503: "No server is currently available to service your request. Sorry about that.",
  504: "We couldn't respond to your request in time. Sorry about that.",
};

/** The answer that a planned failure asks for, worded as GitHub words it. */
export function failureAnswer(status: number, plan: PlannedFailure): Answer {
  const message = MESSAGES[status] ?? "Planned failure";
  const documentation_url = "https://docs.github.com/rest";
  return {
    status,
    headers: plan.headers ?? {},
    body: plan.body ?? { message, documentation_url, status: String(status) },
  };
}
