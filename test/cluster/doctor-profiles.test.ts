import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { examineProfiles } from "../../src/doctor/profiles/examine-profiles.ts";
import { describeWith } from "../describe-with.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const DOCS = new URL("../../docs/security.md", import.meta.url);
/** A hundred and some small builds, one cluster. */
const TIMEOUT = 900_000;

describeWith(localClusterObstacle(), "the doctor of security profiles", () => {
  let baseline: KanikoWorld;
  let open: KanikoWorld;
  beforeAll(async () => {
    [baseline, open] = await Promise.all([openKanikoWorld(), openKanikoWorld("privileged")]);
  });
  afterAll(() => Promise.all([baseline?.close(), open?.close()]));

  const baseOf = ({ from }: KanikoWorld) => from.replace("FROM ", "").trim();

  it("finds here what the documentation says that it found, and leaves nothing behind", {
    timeout: TIMEOUT,
  }, async () => {
    const { cluster, namespace } = open;
    const env = {
      KUBECONFIG: cluster.kubeconfig,
      PUSHWRIGHT_NAMESPACE: namespace.name,
      PUSHWRIGHT_KANIKO_IMAGE: cluster.kanikoImage,
      PUSHWRIGHT_REGISTRY_PUSH: cluster.registry.push,
      PUSHWRIGHT_REGISTRY_INSECURE: "true",
    };
    const operands = [MAIN, "doctor", "--profiles", "--base", baseOf(open)];
    const said = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, operands, { env }, (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      );
    });
    expect(await readFile(DOCS, "utf8")).toContain(said.trim());
    expect(await namespace.leftovers()).toEqual([]);
  });

  const copy = { name: "COPY", isCommon: true, dockerfile: "FROM scratch\nCOPY file /file" };
  const examine = (world: KanikoWorld, base: string) =>
    examineProfiles({
      probes: [copy],
      base,
      openBuilder: async (security, capabilities) =>
        world.open({ security, capabilities, startGraceSeconds: 1 }),
      progress() {},
    });

  it("says why a namespace does not run a profile, and examines the others", async () => {
    const { rows, unavailable } = await examine(baseline, baseOf(baseline));
    expect(unavailable).toEqual({
      privileged: expect.stringMatching(/Pod Security.*`baseline:latest`: `privileged/),
    });
    const passes = { passes: true };
    expect(rows).toEqual([{ probe: copy, results: { isolated: passes, minimal: passes, standard: passes } }]);
  });

  it("says that the base image cannot be pulled, and how to name another", async () => {
    await expect(examine(baseline, "registry.invalid/busybox:1")).rejects.toThrow(
      /registry\.invalid\/busybox:1.* cannot be reached.*--base IMAGE/s,
    );
  });
});
