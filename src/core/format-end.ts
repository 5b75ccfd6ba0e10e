import type { Build, BuildResult } from "./build.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { formatCode } from "./format-code.ts";
import { formatDockerfilePlace } from "./format-dockerfile-place.ts";
import { formatDuration } from "./format-duration.ts";
import type { Report, ReportAnnotation } from "./report.ts";
import { whyCancelled } from "./why-cancelled.ts";

export type FormattedEnd = {
  conclusion: Extract<Report, { status: "completed" }>["conclusion"];
  title: string;
  /** Paragraphs of markdown, before the facts. */
  said: string[];
  /** After the facts. */
  toCopy?: string;
  annotations: ReportAnnotation[];
};

/** How a build ended, in words. */
export function formatEnd(build: Build, result: BuildResult): FormattedEnd {
  const { accepted, finished = accepted } = result.timings;
  const took = formatDuration(finished - accepted);
  if (result.outcome === "success") {
    const { digest, pinned } = result.image;
    const toCopy = `\`\`\`sh\ndocker pull ${pinned}\n\`\`\``;
    return { conclusion: "success", title: `${digest} in ${took}`, said: [], toCopy, annotations: [] };
  }
  if (result.outcome === "built") {
    const title = `Built in ${took}, not pushed: ${result.digest}`;
    return { conclusion: "success", title, said: [whyNotPushed(build)], annotations: [] };
  }
  const { diagnosis, outcome } = result;
  const isFailure = outcome === "failure";
  const cancelled = outcome === "cancelled" ? whyCancelled(build) : undefined;
  return {
    conclusion: isFailure && diagnosis.code === "deadline-exceeded" ? "timed-out" : outcome,
    title: cancelled?.title ?? diagnosis.title,
    said: cancelled ? [cancelled.cause] : sayDiagnosis(build, diagnosis, isFailure),
    annotations: [...(isFailure ? annotationsOf(build, diagnosis) : []), ...(diagnosis.annotations ?? [])],
  };
}

function whyNotPushed({ request }: Build): string {
  const reason = request.pullRequest?.isFork ? "The commit comes from a fork" : "The build is not trusted";
  return `**Not pushed**: ${reason}, so it was built without secrets and without the registry's credentials. It is pushed once the commit is in a branch of this repository.`;
}

function sayDiagnosis(build: Build, { step, line, cause, remedy }: Diagnosis, isFailure: boolean): string[] {
  const { dockerfile } = build.request.image;
  if (!isFailure) return [cause, remedy];
  return [
    ...(step === undefined
      ? []
      : [`**Failing step**${formatDockerfilePlace(dockerfile, line)}: ${formatCode(step)}`]),
    `**Cause**: ${cause}`,
    `**What to do**: ${remedy}`,
  ];
}

function annotationsOf({ request }: Build, { line, title, cause }: Diagnosis): ReportAnnotation[] {
  const { dockerfile } = request.image;
  if (line === undefined || !("path" in dockerfile)) return [];
  return [{ path: dockerfile.path, line, title, message: cause }];
}
