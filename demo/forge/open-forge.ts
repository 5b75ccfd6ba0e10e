import type { DemoContext } from "../demo-context.ts";
import type { Options } from "../options.ts";
import type { DemoForge } from "./demo-forge.ts";
import { openGitea } from "./gitea/open-gitea.ts";
import { openGitHub } from "./github/open-github.ts";

/** The forges that the demo can push to, by the word for them in its options. */
const DEMO_FORGES = {
  github: { label: "GitHub", open: openGitHub },
  gitea: { label: "Gitea", open: openGitea },
} satisfies Record<Options["forge"], unknown>;

/** Starts the forge that the person chose, with an empty repository on it. */
export function openForge(context: DemoContext): Promise<DemoForge> {
  const { label, open } = DEMO_FORGES[context.options.forge];
  return context.screen.step(label, (note) => open(context, note));
}
