import { afterAll, beforeAll, expect, it } from "vitest";
import type { Capability } from "../../src/core/capability.ts";
import { diagnose } from "../../src/core/diagnose.ts";
import { PROFILE_CAPABILITIES, type SecurityProfile } from "../../src/core/security-profile.ts";
import { probeFiles } from "../../src/doctor/profiles/probe-files.ts";
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

  const GIVEN_AWAY = "RUN mkdir /data && chown 1000 /data && chmod 0700 /data";
  it.each([
    [
      "minimal",
      `${GIVEN_AWAY}\nCOPY Dockerfile /data/`,
      3,
      /DAC_OVERRIDE/,
      /profile `isolated` or `standard`/,
    ],
    [
      "minimal",
      `${GIVEN_AWAY}\nRUN echo new > /data/new`,
      3,
      /DAC_OVERRIDE/,
      /profile `isolated` or `standard`/,
    ],
    ["standard", "RUN chroot / true; echo more; false", 2, /SYS_CHROOT/, /`capabilities: \[SYS_CHROOT\]`/],
    ["isolated", "RUN echo > /one && chown 100000 /one", 2, /up to 65535/, /profile `minimal` or `standard`/],
    [
      "isolated",
      "RUN mknod /null c 1 3",
      2,
      /MKNOD/,
      /`capabilities: \[MKNOD\]`.* under the profile `standard`/,
    ],
    ["isolated", "RUN mount -t tmpfs none /mnt", 2, /the node itself/, /profile `privileged`/],
  ] as const)("%s refuses %j, and the diagnosis says what would have let it pass", async (...row) => {
    const [security, lines, line, lacking, remedy] = row;
    const dockerfile = `${baseline.from}${lines}\n`;
    const plan = baseline.plan({ destinations: [] });
    const { outcome } = await baseline.build(
      plan,
      packContext({ Dockerfile: dockerfile }),
      baseline.open({ security }),
    );
    if (!("evidence" in outcome)) throw new Error("it was not refused");
    const { code, cause, ...diagnosis } = diagnose(outcome.evidence, dockerfile);
    expect([code, diagnosis.line]).toEqual(["missing-right", line]);
    expect(cause).toContain(`security profile \`${security}\``);
    expect(cause).toMatch(lacking);
    expect(diagnosis.remedy).toMatch(remedy);
  });

  it("counts for the layers of a base image too", async () => {
    const base = open.plan();
    const capable = (await probeFiles())["capable.tar"] ?? "";
    const made = { Dockerfile: `${open.from}ADD capable.tar /\n`, "capable.tar": capable };
    const privileged = open.open({ security: "privileged" });
    expect((await open.build(base, packContext(made), privileged)).outcome).toHaveProperty("digest");
    const dockerfile = `FROM ${base.destinations[0]}\nRUN true\n`;
    const build = (capabilities: Capability[]) =>
      baseline.build(
        baseline.plan({ destinations: [] }),
        packContext({ Dockerfile: dockerfile }),
        baseline.open({ security: "isolated", capabilities }),
      );
    const { outcome } = await build([]);
    if (!("evidence" in outcome)) throw new Error("it was unpacked without SETFCAP");
    const { code, remedy } = diagnose(outcome.evidence, dockerfile);
    expect([code, remedy]).toEqual(["missing-right", expect.stringContaining("`capabilities: [SETFCAP]`")]);
    expect((await build(["SETFCAP"])).outcome).toHaveProperty("digest");
  });

  it("refuses another user than root what it should, and the diagnosis blames no right", async () => {
    const dockerfile = `${baseline.from}RUN chmod 0700 /root\nUSER 1000\nRUN ls /root\n`;
    const plan = baseline.plan({ destinations: [] });
    const builder = baseline.open({ security: "minimal" });
    const { outcome } = await baseline.build(plan, packContext({ Dockerfile: dockerfile }), builder);
    expect("evidence" in outcome && diagnose(outcome.evidence, dockerfile).code).toBe("run-failed");
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
      code: "admission-refused",
      cause: expect.stringMatching(/break the level `baseline:latest`: `privileged/),
    });
  });
});
