import type { Build } from "../../core/build.ts";
import { formatReport } from "../../core/format-report.ts";
import { formatRepository } from "../../core/repository.ts";

/** What of a build's record its page tells a program: nothing of how the forge or the cluster is reached. */
export function viewBuild(build: Build) {
  const { request, state, tries, builder, cancellation, result } = build;
  const { id, repository, commit, branch, gitTag, pullRequest, trigger, image } = request;
  const report = formatReport(build, { earlier: [] });
  return {
    id,
    state,
    conclusion: report.status === "completed" ? report.conclusion : undefined,
    title: report.title,
    checkName: request.checkName,
    attempt: request.attempt,
    tries,
    repository: formatRepository(repository),
    repositoryUrl: repository.url,
    commit,
    branch,
    gitTag,
    pullRequest,
    image: { name: image.name, path: image.path },
    trigger: { kind: trigger.kind, by: trigger.by, rule: trigger.rule },
    isTrusted: request.isTrusted,
    approval: request.approval,
    noCache: request.noCache,
    builder,
    cancellation,
    acceptedAt: request.acceptedAt,
    annotations: report.annotations,
    result,
  };
}
