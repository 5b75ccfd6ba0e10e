import type { Build } from "../../core/build.ts";
import { BuildFault } from "../../core/build-fault.ts";
import { type CleanUpReport, type PathReport, reportImage } from "../../core/clean-up/clean-up-report.ts";
import { countFreed } from "../../core/clean-up/count-freed.ts";
import { decideCleanUp, type Verdict } from "../../core/clean-up/decide-clean-up.ts";
import { findUses, type ImageUse } from "../../core/clean-up/image-use.ts";
import type { ShelvedImage } from "../../core/clean-up/shelved-image.ts";
import { formatCode } from "../../core/format-code.ts";
import { includesRepository } from "../../core/policy/includes-repository.ts";
import { listBuilds } from "../list-builds.ts";
import type { CleanUpPorts } from "./clean-up-ports.ts";
import { lookAtPath, type PathLook } from "./look-at-path.ts";
import { removeImage } from "./remove-image.ts";
import { sweep } from "./sweep.ts";

export type CleanUpWish = {
  /** Only tells what would go. */
  isDryRun: boolean;
  /** These paths alone, whatever the policy says of their repositories; otherwise all that the history knows. */
  imagePaths?: readonly string[];
};

const NO_PODS =
  "not all pods of the cluster could be looked at, and an image that runs must not go. Let the bot's account list pods in all namespaces, or name the namespaces in the policy's cleanUp.namespaces";

/** Removes the images that the policy says are to go, path by path, and tells of each what became of it and why. */
export async function cleanUp(ports: CleanUpPorts, wish: CleanUpWish): Promise<CleanUpReport> {
  const { shelf, uses, policy, log } = ports;
  const { isDryRun } = wish;
  const seen = await uses.look();
  const refusal = !isDryRun && !seen.hasAllPods ? NO_PODS : undefined;
  const builds = await buildsByPath(ports);
  const paths: PathReport[] = [];
  const gone: ShelvedImage[] = [];
  const kept: ShelvedImage[] = [];
  for (const imagePath of (wish.imagePaths ?? pathsFor(builds, policy.repositories)).toSorted())
    paths.push(await cleanUpPath(imagePath));
  const unseen = [...seen.unseen];
  const swept = await sweep(ports, { isDryRun: isDryRun || refusal !== undefined }).catch(
    (error: unknown) => {
      log.warn({ err: error }, "abandoned objects not removed");
      unseen.push(wordsOf(error));
      return [];
    },
  );
  return {
    ...{ isDryRun: isDryRun || refusal !== undefined, paths, swept },
    ...{ freedBytes: countFreed(gone, kept), unseen },
    ...(refusal === undefined ? {} : { refusal }),
  };

  async function cleanUpPath(imagePath: string): Promise<PathReport> {
    const report: PathReport = { imagePath, gone: [], kept: [], failed: [] };
    try {
      const path = await lookAtPath(shelf, imagePath, builds.get(imagePath) ?? []);
      for (const verdict of decide(path, seen.uses)) await settle(path, verdict, report);
      return report;
    } catch (error) {
      log.warn({ err: error, imagePath }, "images not looked at");
      return { ...report, fault: wordsOf(error) };
    }
  }

  /** What lists others goes before them. */
  function decide({ imagePath, images, builds }: PathLook, used: readonly ImageUse[]): Verdict[] {
    const facts = { images, builds, uses: findUses(imagePath, images, used) };
    const verdicts = decideCleanUp(facts, policy, ports.now());
    return verdicts.toSorted((one, other) => other.image.lists.length - one.image.lists.length);
  }

  async function settle(path: PathLook, { image, keeps }: Verdict, report: PathReport): Promise<void> {
    const about = reportImage(image);
    try {
      const known = keeps.length > 0 ? keeps : listedBy(path, image, report);
      const reasons = known.length > 0 || isDryRun || refusal ? known : await removeImage(ports, path, image);
      if (reasons.length > 0) {
        report.kept.push({ ...about, keeps: reasons });
        kept.push(image);
        return;
      }
      report.gone.push(about);
      gone.push(image);
      if (!isDryRun) log.info({ imagePath: path.imagePath, ...about }, "image removed");
    } catch (error) {
      log.warn({ err: error, imagePath: path.imagePath, digest: image.digest }, "image not removed");
      report.failed.push({ ...about, cause: wordsOf(error) });
      kept.push(image);
    }
  }
}

/** An index that was to go first, and did not. */
function listedBy({ images }: PathLook, { digest }: ShelvedImage, { gone }: PathReport): string[] {
  const isGone = (index: ShelvedImage) => gone.some((one) => one.digest === index.digest);
  const holders = images.filter((index) => index.lists.includes(digest) && !isGone(index));
  return holders.map((index) => `${formatCode(index.digest)} lists it`);
}

function wordsOf(error: unknown): string {
  const remedy = error instanceof BuildFault ? ` ${error.diagnosis.remedy}` : "";
  return `${(error as Error).message}${remedy}`;
}

async function buildsByPath({ history }: CleanUpPorts): Promise<Map<string, Build[]>> {
  const builds: Build[] = [];
  for await (const build of listBuilds(history, {})) builds.push(build);
  return Map.groupBy(builds, ({ request }) => request.image.path);
}

/** A path is looked at when the policy includes all repositories whose builds are in it. */
function pathsFor(builds: ReadonlyMap<string, readonly Build[]>, patterns: readonly string[]): string[] {
  return [...builds]
    .filter(([, own]) => own.every(({ request }) => includesRepository(patterns, request.repository)))
    .map(([imagePath]) => imagePath);
}
