import type { Build, BuildRequest } from "./build.ts";
import type { Diagnosis } from "./diagnosis.ts";

type Asked = { request: BuildRequest } & (
  | { was: "asked" }
  | { was: "active" | "built"; build: Build }
  | { was: "ended"; diagnosis: Diagnosis }
);

/** Says what became of each image that somebody asked for, beyond the state of its build. */
export function formatAsked(asked: readonly Asked[]): string {
  return asked.map((one) => `**${one.request.checkName}**: ${wordsFor(one)}`).join("\n\n");
}

function wordsFor(one: Asked): string {
  switch (one.was) {
    case "asked":
      return `queued, attempt ${one.request.attempt}.`;
    case "active":
      return "is being built already.";
    case "built":
      return "was built already; `/rebuild` builds it anew.";
    case "ended":
      return `${one.diagnosis.title}. ${one.diagnosis.remedy}`;
  }
}
