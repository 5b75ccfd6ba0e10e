import { setImmediate } from "node:timers/promises";
import { resolveCommit } from "../../git/read-refs.ts";
import { ApiError } from "../http/api-error.ts";
import { botAccount } from "../state/app.ts";
import type { CheckRun } from "../state/check-runs.ts";
import { announce } from "../webhooks/announce.ts";
import { checkRunPayload } from "../webhooks/check-run-payload.ts";
import type { CheckRunBody } from "./check-run-limits.ts";
import type { RepositoryCall } from "./route.ts";

/** A check run as it is before what the request says about it. */
export async function newCheckRun(
  { world, repository }: RepositoryCall,
  body: CheckRunBody,
): Promise<CheckRun> {
  const headSha = String(body.head_sha);
  const isCommit =
    /^[0-9a-f]{40}$/.test(headSha) && (await resolveCommit(repository.gitDirectory, headSha)) === headSha;
  if (!isCommit) throw new ApiError(422, `No commit found for SHA: ${headSha}`);
  return {
    id: world.ids.next(),
    repository,
    name: String(body.name),
    headSha,
    suiteId: world.checkRuns.ofCommit(repository, headSha)[0]?.suiteId ?? world.ids.next(),
    externalId: "",
    detailsUrl: null,
    status: "queued",
    conclusion: null,
    startedAt: world.clock.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
    history: [],
  };
}

/** Tells the app of its own check run, if asked to; only after the answer, or the app would not know its id yet. */
export function echo(
  action: "created" | "completed",
  checkRun: CheckRun,
  { world, repository }: RepositoryCall,
): void {
  if (!world.echoes.includes("check-runs")) return;
  const payload = checkRunPayload({ action }, checkRun, botAccount(world.app), world);
  const announced = setImmediate().then(async () => announce("check_run", await payload, repository, world));
  world.inBackground(announced);
}

/** Takes over what a request says about a check run. */
export function applyChanges(checkRun: CheckRun, body: CheckRunBody, call: RepositoryCall): void {
  const { world } = call;
  const now = world.clock.now();
  const wasCompleted = checkRun.status === "completed";
  if (body.name) checkRun.name = body.name;
  if (body.details_url !== undefined) checkRun.detailsUrl = body.details_url;
  if (body.external_id !== undefined) checkRun.externalId = body.external_id;
  if (body.started_at) checkRun.startedAt = new Date(body.started_at);
  if (body.actions) checkRun.actions = body.actions;
  if (body.conclusion) {
    checkRun.status = "completed";
    checkRun.conclusion = body.conclusion;
    checkRun.completedAt = body.completed_at ? new Date(body.completed_at) : now;
  } else if (body.status) {
    checkRun.status = body.status;
    checkRun.conclusion = null;
    checkRun.completedAt = null;
  }
  if (body.output) {
    const { annotations = [], title, summary, text } = body.output;
    checkRun.output = { title: title ?? checkRun.output.title, summary, text: text ?? checkRun.output.text };
    // Annotations of later requests are added to those that are there already.
    checkRun.annotations.push(...annotations);
  }
  world.checkRuns.save(checkRun, now);
  if (checkRun.status === "completed" && !wasCompleted) echo("completed", checkRun, call);
}
