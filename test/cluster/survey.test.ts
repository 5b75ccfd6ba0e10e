import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { recordBuild } from "../contract/build-record.ts";
import { describeWith } from "../describe-with.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { packContext } from "../harness/pack-context.ts";
import { readSurvey, type Survey, surveyContext } from "../harness/survey.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

/** How pods reach what runs on the node, and the API server. */
const NODE = "10.244.0.1";
const API = "10.96.0.1:443";
const UNPRIVILEGED = ["isolated", "minimal", "standard"] as const;
const PROFILES = [...UNPRIVILEGED, "privileged"] as const;

const never = new AbortController().signal;

/** docs/security.md tells what was found besides. */
describeWith(localClusterObstacle(), "what a build can see and reach", () => {
  let story: Story;
  let world: KanikoWorld;
  const surveys = new Map<string, Survey>();
  const under = (profile: (typeof PROFILES)[number]) => surveys.get(profile) ?? readSurvey([]);

  beforeAll(async () => {
    [story, world] = await Promise.all([openStory(), openKanikoWorld("privileged")]);
    const bot = await story.startBot({ HOST: "0.0.0.0" });
    const neighbour = world.plan({ destinations: [], secretArgs: { TOKEN: world.secret.at } });
    const builder = world.open();
    const { observer, log } = recordBuild();
    await builder.start(neighbour);
    const stop = new AbortController();
    const watched = builder.watch(neighbour, observer, stop.signal).catch(() => {});
    const waiting = `${world.from}ARG TOKEN\nRUN echo waits; sleep 7654321\n`;
    await builder.sendContext(neighbour, packContext({ Dockerfile: waiting }), never);
    await vi.waitFor(() => expect(log).toContain("waits"), { timeout: 60_000 });
    for (const security of PROFILES) {
      const args = {
        BOT: `http://${NODE}:${new URL(bot.url).port}`,
        API,
        NODE,
        NAMESPACE: world.namespace.name,
        REGISTRY: world.cluster.registry.push,
      };
      const context = packContext(await surveyContext(world.from));
      const built = await world.build(
        world.plan({ destinations: [], args }),
        context,
        world.open({ security }),
      );
      expect(built.outcome).toHaveProperty("digest");
      surveys.set(security, readSurvey(built.log));
    }
    stop.abort(new Error("over"));
    await watched;
    await builder.remove(neighbour);
  });
  afterAll(() => Promise.all([story?.close(), world?.close()]));

  it.each(PROFILES)("%s: its own processes only, and no other build's", (profile) => {
    const processes = under(profile).all("process");
    expect(processes[0]).toMatch(/^\/kaniko\/executor /);
    expect(processes.slice(1).join("\n")).toMatch(/survey\.sh/);
    expect(processes.join("\n")).not.toMatch(/7654321|containerd|kubelet|node /);
  });

  it.each(PROFILES)("%s: no service-account token, no login, no socket of the node's", (profile) => {
    expect(
      under(profile)
        .all("holds")
        .filter((place) => place !== "/proc/kcore"),
    ).toEqual([]);
  });

  it.each(PROFILES)(
    "%s: no variable of the bot's, and of the cluster's the API server's address only",
    (profile) => {
      const args = ["BOT", "API", "NODE", "NAMESPACE", "REGISTRY"];
      expect(under(profile).all("env").toSorted()).toEqual(
        ["HOME", "PATH", "PWD", "SHLVL", ...args].toSorted(),
      );
      const image = [
        "PATH",
        "HOSTNAME",
        "HOME",
        "USER",
        "SSL_CERT_DIR",
        "DOCKER_CONFIG",
        "DOCKER_CREDENTIAL_GCR_CONFIG",
      ];
      const others = under(profile)
        .all("kaniko-env")
        .filter((name) => !image.includes(name));
      expect(others.filter((name) => !/^KUBERNETES_(?:SERVICE|PORT)/.test(name))).toEqual([]);
    },
  );

  it.each(PROFILES)("%s: an API server and a kubelet that tell it nothing", (profile) => {
    const survey = under(profile);
    for (const key of ["api-secrets", "api-pods", "api-jobs"])
      expect([key, survey.one(key)]).toEqual([key, "403"]);
    expect(survey.one("kubelet")).toMatch(/^40[13]$/);
  });

  it.each(PROFILES)("%s: a bot that takes no unsigned webhook and shows no builds", (profile) => {
    const survey = under(profile);
    expect(survey.one("bot-webhook")).toMatch(/^40[01]$/);
    expect(survey.one("bot-builds")).toMatch(/^40[134]$/);
  });

  it.each(UNPRIVILEGED)(
    "%s: nothing of the node's files and devices, and its kernel's settings to read only",
    (profile) => {
      const survey = under(profile);
      const mounts = survey.all("mount").map((line) => line.split(" ") as [string, string]);
      const own = /^\/(?:$|proc|sys|dev|etc\/hosts$|etc\/hostname$|etc\/resolv\.conf$)/;
      expect(mounts.filter(([place]) => !own.test(place))).toEqual([]);
      const flagsOf = (place: string) => mounts.find(([each]) => each === place)?.[1];
      for (const place of ["/sys", "/proc/sys"]) expect(flagsOf(place)).toMatch(/^ro,/);
      expect(survey.all("block-device")).toEqual([]);
      expect(survey.all("writes")).toEqual([]);
      expect(survey.all("holds")).toEqual([]);
      expect([survey.one("NoNewPrivs"), survey.one("Seccomp")]).toEqual(["1", "2"]);
    },
  );

  it("isolated: root that is nobody on the node", () => {
    const [inside, outside, count] = (under("isolated").one("uid-map") ?? "").trim().split(" ").map(Number);
    expect([inside, count]).toEqual([0, 65_536]);
    expect(outside).toBeGreaterThan(65_535);
  });

  it("privileged: the node's disks, which is why it is nobody's default", () => {
    expect(under("privileged").all("block-device")).not.toEqual([]);
  });
});
