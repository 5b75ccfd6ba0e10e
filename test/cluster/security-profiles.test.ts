import { afterAll, beforeAll, expect, it } from "vitest";
import type { Capability } from "../../src/core/capability.ts";
import { diagnose } from "../../src/core/diagnose.ts";
import { PROFILE_CAPABILITIES, type SecurityProfile } from "../../src/core/security-profile.ts";
import { describeWith } from "../describe-with.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { packContext } from "../harness/pack-context.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

/** https://github.com/torvalds/linux/blob/v6.12/include/uapi/linux/capability.h */
const BITS: Partial<Record<Capability | "SYS_ADMIN", number>> = {
  CHOWN: 0,
  DAC_OVERRIDE: 1,
  FOWNER: 3,
  SETGID: 6,
  SETUID: 7,
  SYS_ADMIN: 21,
  SETFCAP: 31,
};
const bitOf = (name: keyof typeof BITS) => 1n << BigInt(BITS[name] ?? Number.NaN);
const maskOf = (names: readonly Capability[]) => names.reduce((mask, name) => mask | bitOf(name), 0n);

const IDENTITY = "RUN grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status; cat /proc/self/uid_map";

describeWith(localClusterObstacle(), "a security profile", () => {
  let baseline: KanikoWorld;
  let open: KanikoWorld;
  beforeAll(async () => {
    [baseline, open] = await Promise.all([openKanikoWorld(), openKanikoWorld("privileged")]);
  });
  afterAll(() => Promise.all([baseline?.close(), open?.close()]));

  async function identityUnder(
    world: KanikoWorld,
    security: SecurityProfile,
    capabilities: Capability[] = [],
  ) {
    const builder = world.open({ security, capabilities, startGraceSeconds: 1 });
    const plan = world.plan({ destinations: [] });
    const context = packContext({ Dockerfile: `${world.from}${IDENTITY}\n` });
    const { outcome, log } = await world.build(plan, context, builder);
    const [, mask = ""] = /^CapEff:\s*(\w+)$/m.exec(log.join("\n")) ?? [];
    const [, , outside = ""] = /^\s*(0)\s+(\d+)\s+\d+$/m.exec(log.join("\n")) ?? [];
    const statusOf = (name: string) => new RegExp(`^${name}:\\s*(\\d)$`, "m").exec(log.join("\n"))?.[1];
    return { outcome, mask: BigInt(`0x${mask || "0"}`), outside: Number(outside), statusOf };
  }

  it.each(["isolated", "minimal", "standard"] as const)(
    "%s gives root its capabilities and no other, under Pod Security's baseline",
    async (profile) => {
      const { outcome, mask, outside, statusOf } = await identityUnder(baseline, profile);
      expect(outcome).toHaveProperty("digest");
      expect(mask).toBe(maskOf(PROFILE_CAPABILITIES[profile]));
      expect(statusOf("NoNewPrivs")).toBe("1");
      expect(statusOf("Seccomp")).toBe("2");
      if (profile === "isolated") expect(outside).toBeGreaterThan(65_535);
      else expect(outside).toBe(0);
    },
  );

  it("has what the operator adds to it", async () => {
    const { mask } = await identityUnder(baseline, "isolated", ["SETFCAP"]);
    expect(mask).toBe(maskOf([...PROFILE_CAPABILITIES.isolated, "SETFCAP"]));
  });

  it("privileged is root on the node, where Pod Security lets it", async () => {
    const { outcome, mask, outside } = await identityUnder(open, "privileged");
    expect(outcome).toHaveProperty("digest");
    expect(mask & bitOf("SYS_ADMIN")).not.toBe(0n);
    expect(outside).toBe(0);
  });

  it("privileged is refused by a namespace under baseline, and the diagnosis says by what", async () => {
    const builder = baseline.open({ security: "privileged", startGraceSeconds: 1 });
    const plan = baseline.plan({ destinations: [] });
    await builder.start(plan);
    const outcome = await builder.watch(
      plan,
      { running() {}, log() {}, announced() {} },
      AbortSignal.timeout(60_000),
    );
    await builder.remove(plan);
    if (!("evidence" in outcome)) throw new Error("a privileged build ran under baseline");
    expect(diagnose(outcome.evidence)).toMatchObject({
      code: "build-not-started",
      cause: expect.stringMatching(/violates PodSecurity "baseline:latest": privileged/),
    });
  });
});
