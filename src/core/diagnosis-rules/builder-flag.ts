import type { Diagnosis } from "../diagnosis.ts";
import { code, type Facts } from "./facts.ts";

/** What needs a flag that not every version of Kaniko has: docs/kaniko.md. */
const NEEDED_FOR: Record<string, string> = {
  "--registry-map": "mirrors and the proxy that holds the builds' login (`PUSHWRIGHT_PROXY_IMAGE`) need it",
  "--skip-default-registry-fallback": "taking base images from mirrors alone needs it",
};

/** A Kaniko that is too old for what the settings ask of it. */
export function diagnoseBuilderFlag({ finalWords }: Facts): Diagnosis | undefined {
  const [, flag] = /^Error: unknown flag: (--[\w-]+)/.exec(finalWords) ?? [];
  if (flag === undefined) return undefined;
  return {
    class: "permanent",
    code: "builder-flag-unknown",
    title: `This version of Kaniko has no ${flag}`,
    cause: `Kaniko ended before it built anything: ${code(finalWords)}. ${NEEDED_FOR[flag] ?? "The bot's settings ask for it"}.`,
    remedy:
      "This is for whoever runs Pushwright here to mend: `PUSHWRIGHT_KANIKO_IMAGE` must name version 1.24.0 or a later one, or the settings do without. Nothing is wrong with the Dockerfile.",
  };
}
