import type { Asking } from "../asking.ts";
import type { BuildRequest } from "../build.ts";
import { buildIdOf } from "../build-id.ts";
import type { DecidedBuild } from "../decision.ts";
import type { ImageBuild } from "../image-build.ts";

export type RequestParts = {
  asking: Omit<Asking, "message" | "changedFiles">;
  rule: string;
  checkName: string;
  image: ImageBuild;
  /** What the build concerns is the commit as a whole, and the image stands for none. */
  isOfCommit: boolean;
  end: DecidedBuild["end"];
  /** What the configuration says of it. */
  supersede: boolean | undefined;
};

/** The build, made from what was decided of it. */
export function requestOf({
  asking,
  rule,
  checkName,
  image,
  isOfCommit,
  end,
  supersede,
}: RequestParts): BuildRequest {
  const { repository, commit, ref, asked, trigger, acceptedAt, pushedAt = acceptedAt } = asking;
  const occasion = occasionOf(asking, end);
  const { branch, gitTag, pullRequest } = placeOf(ref);
  const approval = approvalOf(asking, end);
  return {
    id: buildIdOf({ repository, commit, gitTag, imagePath: isOfCommit ? undefined : image.path, occasion }),
    repository,
    commit,
    ...(branch === undefined ? {} : { branch }),
    ...(gitTag === undefined ? {} : { gitTag }),
    ...(pullRequest === undefined ? {} : { pullRequest }),
    trigger: { ...trigger, rule },
    ...(occasion === undefined ? {} : { occasion }),
    attempt: attemptOf(asked, image.path),
    checkName,
    image: isFromFork(ref) ? { ...image, tags: [] } : image,
    isTrusted: !isFromFork(ref),
    ...(approval === undefined ? {} : { approval }),
    noCache: asked?.noCache ?? false,
    mayBeSuperseded: mayBeSuperseded(asking, supersede),
    acceptedAt,
    pushedAt,
  };
}

export function isFromFork(ref: Asking["ref"]): boolean {
  return ref.kind === "pull-request" && ref.pullRequest.isFork;
}

const NOTICE = "notice-";

/** What ends at once has an occasion of its own: a real build of the same must not be taken for known. */
function occasionOf({ asked }: Pick<Asking, "asked">, end: DecidedBuild["end"]): string | undefined {
  return asked?.occasion ?? (end && `${NOTICE}${end.outcome}`);
}

/** Whether an event had a check made that says why nothing is built, and nothing else. */
export function isNotice({ occasion }: Pick<BuildRequest, "occasion">): boolean {
  return occasion?.startsWith(NOTICE) === true;
}

function placeOf(ref: Asking["ref"]): Pick<BuildRequest, "branch" | "gitTag" | "pullRequest"> {
  if (ref.kind === "branch") return { branch: ref.branch };
  if (ref.kind === "tag") return { gitTag: ref.gitTag };
  if (ref.kind === "commit") return {};
  const { number, isFork, baseBranch, branch } = ref.pullRequest;
  return { branch, pullRequest: { number, isFork, baseBranch } };
}

function approvalOf(
  { ref, asked }: Pick<Asking, "ref" | "asked">,
  end: DecidedBuild["end"],
): BuildRequest["approval"] {
  if (end?.outcome === "action-required") return "needed";
  const by = asked?.approvedBy;
  return by === undefined || !isFromFork(ref) ? undefined : { by };
}

function attemptOf(asked: Asking["asked"], imagePath: string): number {
  if (!asked) return 1;
  return (Object.hasOwn(asked.attempts, imagePath) ? (asked.attempts[imagePath] ?? 0) : 0) + 1;
}

/** Never what a Git tag or a bare commit stands for: nothing newer takes its place. */
function mayBeSuperseded(
  { ref, defaultBranch }: Pick<Asking, "ref" | "defaultBranch">,
  supersede: boolean | undefined,
): boolean {
  if (ref.kind === "tag" || ref.kind === "commit") return false;
  return supersede ?? (ref.kind === "pull-request" || ref.branch !== defaultBranch);
}
