import type { AskedByPerson } from "../../core/asking.ts";
import type { Build, BuildRequest, BuildTrigger } from "../../core/build.ts";
import { isNotice } from "../../core/decide/request-of.ts";
import type { DecidedBuild } from "../../core/decision.ts";
import type { Diagnosis } from "../../core/diagnosis.ts";
import type { Repository } from "../../core/repository.ts";
import type { BuildPorts } from "../build-ports.ts";
import type { Occurrence } from "../occurrence.ts";
import { keepBuild } from "../plan/keep-build.ts";
import { planAsking } from "../plan/plan-asking.ts";
import { approverOf, attemptsOf, isActive, isBuilt, pushedAtOf } from "./earlier-attempts.ts";
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
  { commit, ref, builds }: Target,
  wish: Wish,
  { acceptedAt, signal }: Occurrence,
): Promise<Asked[] | string> {
  const { images, noCache, always } = wish;
  const occasion = asker.trigger.deliveryId;
  const earlier = builds.filter(({ request }) => request.occasion !== occasion);
  const approvedBy = wish.approvedBy ?? approverOf(earlier);
  const decision = await planAsking(
    ports,
    {
      ...asker,
      ...{ commit, ref, acceptedAt, pushedAt: pushedAtOf(earlier, ref) ?? acceptedAt },
      message: async () => "",
      changedFiles: async () => "unknown",
      asked: {
        ...{ images, noCache, occasion, attempts: attemptsOf(earlier) },
        ...(approvedBy === undefined ? {} : { approvedBy }),
      },
    },
    signal,
  );
  if ("ignored" in decision) return decision.ignored;
  const asked: Asked[] = [];
  for (const decided of decision.builds) asked.push(await askFor(decided));
  return asked;

  async function askFor({ request, end }: DecidedBuild): Promise<Asked> {
    const ofImage = earlier.filter(
      (build) => build.request.image.path === request.image.path && build.request.gitTag === request.gitTag,
    );
    const active = ofImage.find(isActive);
    if (active) return { request, was: "active", build: active };
    const latest = ofImage.find((build) => !isNotice(build.request));
    if (latest && !always && isBuilt(latest)) return { request, was: "built", build: latest };
    const waiting = ofImage.find(({ state }) => state === "waiting-for-approval");
    if (waiting && end?.outcome === "action-required")
      return { request: waiting.request, was: "ended", diagnosis: end.diagnosis };
    const kept = await keepBuild(ports, end ? { request, end } : { request });
    return end
      ? { request: kept.request, was: "ended", diagnosis: end.diagnosis }
      : { request: kept.request, was: "asked" };
  }
}
