import { afterAll, beforeAll, expect, it } from "vitest";
import type { BuildPlan } from "../../src/builders/builder.ts";
import type { KanikoRegistry, KanikoSettings } from "../../src/builders/kaniko/settings.ts";
import { diagnose } from "../../src/core/diagnose.ts";
import { describeWith } from "../describe-with.ts";
import { pushBotImage } from "../harness/bot-image.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { LOGIN_SECRET, type LoginRegistry, openLoginRegistry } from "../harness/login-registry.ts";
import { packContext } from "../harness/pack-context.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

/** The cluster reaches no registry of the internet. */
describeWith(localClusterObstacle(), "base images from mirrors", () => {
  let world: KanikoWorld;
  let closed: LoginRegistry;
  let open: string;
  let withLogin: Partial<KanikoSettings>;

  beforeAll(async () => {
    world = await openKanikoWorld();
    open = world.cluster.registry.push;
    closed = await openLoginRegistry(world.namespace, world.cluster.kubeconfig);
    withLogin = { registrySecret: LOGIN_SECRET, proxyImage: await pushBotImage() };
    const plan = world.plan({ destinations: [`${closed.host}/hub/acme/base:1`] });
    const { outcome } = await build(plan, world.from, [closedRegistry(true)], withLogin);
    expect(outcome, JSON.stringify(outcome)).toHaveProperty("digest");
  });
  afterAll(async () => {
    await world.close();
    await closed.close();
  });

  const closedRegistry = (login: boolean): KanikoRegistry => ({ host: closed.host, insecure: true, login });

  function build(
    plan: BuildPlan,
    from: string,
    registries: KanikoRegistry[],
    more: Partial<KanikoSettings> = {},
  ) {
    const files = { Dockerfile: `${from}\nCOPY Dockerfile /\n` };
    const all = [{ host: open, insecure: true }, ...registries];
    return world.build(plan, packContext(files), world.open({ registries: all, ...more }));
  }

  async function diagnosed(...args: Parameters<typeof build>) {
    const { outcome } = await build(...args);
    return "evidence" in outcome ? diagnose(outcome.evidence, `${args[1]}\n`) : undefined;
  }

  it("are pulled without a word of the registry that they are named after", async () => {
    const registries = [{ host: "docker.io", mirrors: [open] }];
    const { outcome } = await build(world.plan(), "FROM busybox:stable", registries, { mirrorsOnly: true });
    expect(outcome).toHaveProperty("digest");
  });

  it("are pulled from the next one where one does not have it, with the login that it asks for", async () => {
    const registries = [{ host: "docker.io", mirrors: [open, `${closed.host}/hub`] }, closedRegistry(true)];
    const { outcome } = await build(world.plan(), "FROM acme/base:1", registries, withLogin);
    expect(outcome).toHaveProperty("digest");
  });

  it("that none gives are explained: which were asked, and whether it was DNS, 401 or 404", async () => {
    const mirrors = ["nowhere.invalid/hub", `${closed.host}/hub`, open];
    const registries = [{ host: "docker.io", mirrors }, closedRegistry(false)];
    const from = "FROM acme/base:1";
    const diagnosis = await diagnosed(world.plan(), from, registries, { mirrorsOnly: true });
    expect(diagnosis).toMatchObject({ class: "permanent", code: "base-image-unreachable", line: 1 });
    const tried = [
      ["nowhere.invalid", "its name is not known inside the cluster (DNS)"],
      [closed.host, "wants a login (401)"],
      [open, "no such image (404)"],
    ];
    for (const [place, why] of tried) expect(diagnosis?.cause).toContain(`- \`${place}\`: ${why}`);
    expect(diagnosis?.cause).toContain("/v2/hub/acme/base/manifests/1: UNAUTHORIZED");
    expect(diagnosis?.remedy).toContain("`registries`");
  });

  it("are asked for at the registry itself at last, and that is told too", async () => {
    const registries = [{ host: "docker.io", mirrors: [open] }];
    const diagnosis = await diagnosed(world.plan(), "FROM acme/base:1", registries);
    expect(diagnosis?.cause).toContain("index.docker.io");
    expect(diagnosis?.cause).toContain(`- \`${open}\`: no such image (404)`);
  });

  it("are given to strangers' builds only by mirrors that ask for no login", async () => {
    const registries = [{ host: "docker.io", mirrors: [`${closed.host}/hub`] }, closedRegistry(true)];
    const plan = world.plan({ isTrusted: false, destinations: [] });
    const diagnosis = await diagnosed(plan, "FROM acme/base:1", registries, {
      ...withLogin,
      mirrorsOnly: true,
    });
    expect(diagnosis?.code).toBe("base-image-denied");
    expect(diagnosis?.cause).toContain("wants a login (401)");
  });

  it("of the registry itself that builds may not read with its login are explained by the policy", async () => {
    const plan = world.plan({ destinations: [`${closed.host}/acme/shop:1`], readable: ["acme/shop"] });
    const from = `FROM ${closed.host}/hub/acme/base:1`;
    const diagnosis = await diagnosed(plan, from, [closedRegistry(true)], withLogin);
    expect(diagnosis).toMatchObject({ class: "permanent", code: "base-image-denied", line: 1 });
    expect(diagnosis?.cause).toContain("policy (bases)");
    const allowed = { ...plan, ...world.plan(), destinations: plan.destinations, readable: ["hub/**"] };
    expect((await build(allowed, from, [closedRegistry(true)], withLogin)).outcome).toHaveProperty("digest");
  });
});
