import { join } from "node:path";
import { clusterFolders } from "../folders.ts";
import { canInstallDebianPackages, goObstacle, onPath } from "../obstacle.ts";
import type { Progress } from "../progress.ts";
import { binaryFolder, buildModules, isBuilt } from "./build-binaries.ts";
import { installDebianPackages } from "./debian-packages.ts";
import { giteaModule } from "./go-modules.ts";

const PACKAGES = { git: "Gitea's repositories", gcc: "building Gitea", "libc6-dev": "building Gitea" };

export type GiteaProgram = { program: string; staticRoot: string };

/** Why there can be no Gitea on this machine, or undefined when there can. Changes nothing. */
export function giteaObstacle(): string | undefined {
  if (process.platform !== "linux") return `Gitea is built for Linux here, and this is ${process.platform}`;
  if (!canInstallDebianPackages()) {
    const running = ["git", "setpriv"];
    const needed = isBuilt(clusterFolders().binaryCache, giteaModule)
      ? running
      : [...running, "gcc", "flock"];
    const missing = needed.find((name) => onPath(name) === undefined);
    if (missing) return `Gitea needs ${missing}, and there is none`;
  }
  return isBuilt(clusterFolders().binaryCache, giteaModule) ? undefined : goObstacle("Gitea");
}

/** Where Gitea lies, after building it if it is not there yet. */
export async function provideGitea(progress: Progress): Promise<GiteaProgram> {
  const obstacle = giteaObstacle();
  if (obstacle) throw new Error(`Gitea cannot run here: ${obstacle}.`);
  if (canInstallDebianPackages()) await installDebianPackages(PACKAGES, progress);
  const { binaryCache } = clusterFolders();
  const announcement = "building Gitea from source, once: about three minutes on two cores";
  await buildModules(binaryCache, [giteaModule], announcement, progress);
  const staticRoot = binaryFolder(binaryCache, giteaModule);
  return { program: join(staticRoot, "gitea"), staticRoot };
}
