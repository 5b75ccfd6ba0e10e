import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { BuildPlan } from "../../src/builders/builder.ts";
import type { KanikoSettings } from "../../src/builders/kaniko/settings.ts";
import { diagnose } from "../../src/core/diagnose.ts";
import { recordBuild } from "../contract/build-record.ts";
import { describeWith } from "../describe-with.ts";
import { pushBotImage } from "../harness/bot-image.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { LOGIN_SECRET, type LoginRegistry, openLoginRegistry } from "../harness/login-registry.ts";
import { packContext } from "../harness/pack-context.ts";
import { REGISTRY_LOGIN } from "../harness/registry-server.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const OWN = "team/acme/shop";
const OTHER = "team/acme/other";
const THIEF = new URL("login-defence/thief.sh", import.meta.url);

const { user, password } = REGISTRY_LOGIN;
const auth = Buffer.from(`${user}:${password}`).toString("base64");

/** What a Dockerfile's commands can get hold of that runs them as root, beside the login of the registry. */
describeWith(localClusterObstacle(), "the login that a build pushes with", () => {
  let world: KanikoWorld;
  let registry: LoginRegistry;
  let settings: Partial<KanikoSettings>;
  let proxyImage: string;
  /** Of an image in another repository. */
  let otherBlob: string;

  beforeAll(async () => {
    world = await openKanikoWorld();
    [registry, proxyImage] = await Promise.all([
      openLoginRegistry(world.namespace, world.cluster.kubeconfig),
      pushBotImage(),
    ]);
    settings = {
      registries: [
        { host: world.cluster.registry.push, insecure: true },
        { host: registry.host, insecure: true, login: true },
      ],
      registrySecret: LOGIN_SECRET,
    };
    const files = { Dockerfile: "FROM scratch\nCOPY Dockerfile /\n" };
    const plan = world.plan({ destinations: [`${registry.host}/${OTHER}:private`] });
    expect((await world.build(plan, packContext(files), world.open(settings))).outcome).toHaveProperty(
      "digest",
    );
    const manifest = JSON.parse(await fetchStored(`${OTHER}/manifests/private`)) as {
      layers: { digest: string }[];
    };
    otherBlob = manifest.layers[0]?.digest ?? "";
  });
  afterAll(async () => {
    await world.close();
    await registry.close();
  });

  async function fetchStored(path: string): Promise<string> {
    const accept =
      "application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json";
    const answer = await fetch(`http://${registry.api}/v2/${path}`, {
      headers: { authorization: `Basic ${auth}`, accept },
    });
    return answer.ok ? answer.text() : `${answer.status}`;
  }

  /** Builds with a RUN that tries all that `thief.sh` knows; what it got hold of, by its names for it. */
  async function rob(more: Partial<KanikoSettings>, changes: Partial<BuildPlan> = {}) {
    const planned = world.plan();
    const plan: BuildPlan = {
      ...planned,
      destinations: [`${registry.host}/${OWN}:${planned.commit}`],
      cacheRepository: `${registry.host}/${OWN}/pushwright-cache`,
      readable: [OWN, `${OWN}/**`],
      ...changes,
    };
    const [name = "", port = ""] = registry.host.split(":");
    const run = `RUN sh /thief.sh ${name} ${port} ${OTHER} ${OWN} ${otherBlob} ${plan.commit} ${plan.buildId}`;
    const files = {
      Dockerfile: `${world.from}COPY thief.sh secret-reversed /\n${run}\n`,
      "thief.sh": await readFile(THIEF, "utf8"),
      // Backwards, or the search would find itself.
      "secret-reversed": `${[password, auth].map((text) => [...text].toReversed().join("")).join("\n")}\n`,
    };
    const { outcome, log } = await world.build(
      plan,
      packContext(files),
      world.open({ ...settings, ...more }),
    );
    const said = log.flatMap((line) => {
      const [, label, value] = /^\[(.+?)\] ?(.*)$/.exec(line) ?? [];
      return label === undefined ? [] : [[label, value ?? ""] as const];
    });
    return { plan, outcome, log, got: Object.fromEntries(said) };
  }

  it.each(["standard", "isolated"] as const)(
    "is out of the reach of a build that is %s and does what it has to",
    async (security) => {
      const { plan, outcome, log, got } = await rob({ proxyImage, security });
      expect(got).toEqual({
        "files with the password": "",
        "processes with the password": "0",
        "own manifest": "404",
        catalog: "403",
        "tags of another": "403",
        "manifest of another": "403",
        "manifest of another, by a detour": "403",
        "manifest of another, encoded": "403",
        "layer of another": "403",
        "push to another": "403",
        "upload to another": "403",
        "another tag": "403",
        "delete own": "403",
        "upload to own": "202",
        "take over a layer of another": "202",
        "the registry itself": "401",
        "the proxy from outside the pod": "refused",
        "a host file of its own": "thief",
        "own manifest after that": "404",
        "logins sent to the thief": "0",
      });
      expect(log.join("\n")).not.toMatch(new RegExp(`${password}|${auth}`));
      expect(outcome).toHaveProperty("digest");
      expect(
        createHash("sha256")
          .update(await fetchStored(`${OWN}/manifests/${plan.commit}`))
          .digest("hex"),
      ).toBe(String("digest" in outcome && outcome.digest).replace("sha256:", ""));
      expect(await fetchStored(`${OWN}/manifests/stolen`)).toBe("404");
      expect(await fetchStored(`${OTHER}/manifests/stolen`)).toBe("404");
    },
  );

  it("is in its reach where no proxy holds it, as the documentation says", async () => {
    const { got } = await rob({});
    expect(got["files with the password"]).toMatch(/^\/kaniko\/\.docker\/config\.json /);
  });

  it("is not there at all for a build of strangers' code", async () => {
    const changes = { isTrusted: false, destinations: [] };
    const { got, outcome } = await rob({ proxyImage }, changes);
    expect(outcome).toHaveProperty("digest");
    expect(got).toMatchObject({
      "files with the password": "",
      "own manifest": "refused",
      "upload to own": "refused",
      "the registry itself": "401",
    });
  });

  it.each<[string, Partial<KanikoSettings>, string, string]>([
    [
      "whose image is not there",
      { proxyImage: "localhost:5000/nope/bot:1" },
      "builder-image-unavailable",
      "PROXY_IMAGE",
    ],
    ["whose image is another's", {}, "registry-proxy-ended", "PUSHWRIGHT_PROXY_IMAGE"],
    ["whose Secret holds no login", { registrySecret: "broken" }, "registry-proxy-ended", "it is no JSON"],
  ])("is not there with a proxy %s, and the build says so", async (_, more, code, words) => {
    const { core, name: namespace, kanikoImage } = { ...world.namespace, ...world.cluster };
    const body = { metadata: { name: "broken" }, stringData: { ".dockerconfigjson": "{" } };
    if (more.registrySecret) await core.createNamespacedSecret({ namespace, body });
    const image = more.registrySecret ? proxyImage : kanikoImage;
    const builder = world.open({ ...settings, proxyImage: image, startGraceSeconds: 4, ...more });
    const plan = world.plan({ destinations: [`${registry.host}/${OWN}:none`] });
    await builder.start(plan);
    const never = new AbortController().signal;
    const outcome = await builder.watch(plan, recordBuild().observer, never);
    await builder.remove(plan);
    const diagnosis = "evidence" in outcome ? diagnose(outcome.evidence) : undefined;
    expect(diagnosis).toMatchObject({ code });
    expect(JSON.stringify(diagnosis)).toContain(words);
  });

  it("takes a layer through that is larger than all the memory that its proxy may have", async () => {
    const plan = world.plan({ destinations: [`${registry.host}/${OWN}:large`] });
    const files = { Dockerfile: `${world.from}RUN dd if=/dev/urandom of=/large bs=1M count=300\n` };
    const { outcome } = await world.build(plan, packContext(files), world.open({ ...settings, proxyImage }));
    expect(outcome).toHaveProperty("digest");
    const { layers } = JSON.parse(await fetchStored(`${OWN}/manifests/large`)) as {
      layers: { size: number }[];
    };
    expect(Math.max(...layers.map(({ size }) => size))).toBeGreaterThan(256 * 2 ** 20);
  });

  it("is in no object of the build", async () => {
    const builder = world.open({ ...settings, proxyImage });
    const plan = world.plan({ destinations: [`${registry.host}/${OWN}:none`] });
    await builder.start(plan);
    const { batch, core, name: namespace } = world.namespace;
    await expect.poll(async () => (await core.listNamespacedPod({ namespace })).items.length).toBe(1);
    const objects = await Promise.all([
      batch.listNamespacedJob({ namespace }),
      core.listNamespacedPod({ namespace }),
      core.listNamespacedConfigMap({ namespace }),
    ]);
    const text = JSON.stringify(objects);
    expect(text).toContain(LOGIN_SECRET);
    expect(text).not.toMatch(new RegExp(`${password}|${auth}`));
    await builder.remove(plan);
  });
});
