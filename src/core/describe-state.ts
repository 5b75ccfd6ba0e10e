import type { Build, BuildResult } from "./build.ts";

export type StateWords = {
  icon: string;
  word: string;
  /** Whether it is good, bad, neither, or not known yet. */
  mood: "good" | "bad" | "neutral" | "active" | "waiting";
};

/** How a build stands, in a word or two. */
export function describeState({ state, result, cancellation }: Build): StateWords {
  switch (state) {
    case "waiting-for-approval":
      return WAITING_FOR_APPROVAL;
    case "queued":
      return { icon: "⏳", word: cancellation ? "ending" : "waiting", mood: "waiting" };
    case "running":
      return { icon: "🔨", word: cancellation ? "ending" : "building", mood: "active" };
    case "completed":
      return result ? describeEnd(result) : { icon: "❔", word: "ended", mood: "neutral" };
  }
}

const WAITING_FOR_APPROVAL: StateWords = { icon: "✋", word: "waiting for approval", mood: "waiting" };

function describeEnd(result: BuildResult): StateWords {
  switch (result.outcome) {
    case "success":
      return { icon: "✅", word: "built", mood: "good" };
    case "built":
      return { icon: "✅", word: "built, not pushed", mood: "good" };
    case "failure":
      return result.diagnosis.code === "deadline-exceeded"
        ? { icon: "⌛", word: "timed out", mood: "bad" }
        : { icon: "❌", word: "failed", mood: "bad" };
    case "cancelled":
      return { icon: "⏹️", word: "cancelled", mood: "neutral" };
    case "skipped":
      return { icon: "⏭️", word: "skipped", mood: "neutral" };
    case "neutral":
      return { icon: "➖", word: "nothing to build", mood: "neutral" };
    case "action-required":
      return WAITING_FOR_APPROVAL;
  }
}
