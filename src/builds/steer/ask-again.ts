import type { AskedByPerson } from "../../core/asking.ts";
import type { Build, BuildRequest, BuildTrigger } from "../../core/build.ts";
import type { Diagnosis } from "../../core/diagnosis.ts";
import type { Repository } from "../../core/repository.ts";
import type { BuildPorts } from "../build-ports.ts";
import type { Occurrence } from "../occurrence.ts";
import { keepBuild } from "../plan/keep-build.ts";
import { planAsking } from "../plan/plan-asking.ts";
import type { Target } from "./target.ts";

export type Wish = {
  images: AskedByPerson["images"];
  noCache: boolean;
  /** Also what has been built already. */
  always: boolean;
  approvedBy?: string;
};

/** What became of one image that a person asked for. */
export type Asked = { request: BuildRequest } & (
  | { was: "asked" }
  | { was: "active" | "built"; build: Build }
  /** Decided without building: the reason. */
  | { was: "ended"; diagnosis: Diagnosis }
);

export type Asker = {
  repository: Repository;
  defaultBranch: string;
  trigger: Omit<BuildTrigger, "rule">;
};

/**
 * Builds images of a commit because a person asked for it. What builds already is not built twice, and doing it again for
 * the same delivery changes nothing. A string says why nothing comes of it.
 */
export async function askAgain(
  ports: BuildPorts,
  asker: Asker,
  target: Target,
  wish: Wish,
  { acceptedAt, signal }: Occurrence,
): Promise<Asked[] | string> {
  const { images, noCache, always } = wish;
  const occasion = asker.trigger.deliveryId;
  const earlier = target.builds.filter(({ request }) => request.occasion !== occasion);
  const approvedBy = wish.approvedBy ?? approverOf(earlier);
  const decision = await planAsking(
    ports,
    {
      ...asker,
      commit: target.commit,
      ref: target.ref,
      acceptedAt,
      pushedAt: Math.min(acceptedAt, ...earlier.map(({ request }) => request.pushedAt)),
      message: async () => "",
      changedFiles: async () => "unknown",
      asked: {
        images,
        noCache,
        occasion,
        attempts: attemptsOf(earlier),
        ...(approvedBy === undefined ? {} : { approvedBy }),
      },
    },
    signal,
  );
  if ("ignored" in decision) return decision.ignored;
  const asked: Asked[] = [];
  for (const { request, end } of decision.builds) {
    const latest = earlier.find(
      (build) => build.request.image.path === request.image.path && build.request.gitTag === request.gitTag,
    );
    if (latest && isActive(latest)) asked.push({ request, was: "active", build: latest });
    else if (latest && !always && isBuilt(latest)) asked.push({ request, was: "built", build: latest });
    else {
      const kept = await keepBuild(ports, end ? { request, end } : { request });
      asked.push(end ? { ...kept, was: "ended", diagnosis: end.diagnosis } : { ...kept, was: "asked" });
    }
  }
  return asked;
}

function isActive({ state }: Build): boolean {
  return state === "queued" || state === "running";
}

function isBuilt({ result }: Build): boolean {
  return result?.outcome === "success" || result?.outcome === "built";
}

/** An approval holds for the commit, however often it is built. */
function approverOf(builds: Build[]): string | undefined {
  for (const { request } of builds) if (typeof request.approval === "object") return request.approval.by;
  return undefined;
}

function attemptsOf(builds: Build[]): Record<string, number> {
  const attempts: Record<string, number> = {};
  for (const { request, result } of builds) {
    const isNotice = result?.outcome === "skipped" || result?.outcome === "action-required";
    if (!isNotice)
      attempts[request.image.path] = Math.max(attempts[request.image.path] ?? 0, request.attempt);
  }
  return attempts;
}
