import type { V1Pod } from "@kubernetes/client-node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import type { BotProcess } from "../harness/bot-process.ts";
import { completed } from "../harness/completed.ts";
import { buildServer } from "../harness/go-program.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

type Case = {
  name: string;
  /** Below `verify`, as YAML. */
  verify: string;
  dockerfile?: string;
  platform?: string;
  conclusion?: "success";
  /** Each must stand in the title, the summary or the log. */
  says: (string | RegExp)[];
};

const study = `WORKDIR /usr/local/app\nCOPY main /usr/local/app/main\nENTRYPOINT ["/usr/local/app/main"]\n`;

const cases: Case[] = [
  {
    name: "study 1: its log says that it started, and its port is open",
    verify: `{ log: [Hello World, Server started on port 8081], port: 8081, timeout: 1m }`,
    conclusion: "success",
    says: ["Verified", "`Hello World` and `Server started on port 8081`", "port 8081 is open"],
  },
  {
    name: "an HTTP path that answers",
    verify: `{ http: /healthz, port: 8081, timeout: 1m }`,
    conclusion: "success",
    says: ["Verified", "`/healthz` answers on port 8081", "Hello World"],
  },
  {
    name: "exit code 0, with arguments of its own",
    verify: `{ exit-code: 0, args: [--version], log: server *.0, timeout: 1m }`,
    conclusion: "success",
    says: ["Verified", "it ends with exit code 0", "server 1.0"],
  },
  {
    name: "a pattern that its log never shows",
    verify: `{ log: [Hello World, Ready to serve], timeout: 20s }`,
    says: ["did not show", "`Ready to serve`", "Server started on port 8081", "letter by letter"],
  },
  {
    name: "a port that it does not open",
    verify: `{ port: 9090, timeout: 20s }`,
    says: ["open port 9090", "connection refused", "0.0.0.0"],
  },
  {
    name: "an HTTP path that answers with an error",
    verify: `{ http: /broken, port: 8081, timeout: 20s }`,
    says: ["answer `/broken` on port 8081", "statuscode: 500"],
  },
  {
    name: "a crash on start",
    verify: `{ port: 8081, env: { DATABASE: required }, timeout: 1m }`,
    says: ["crashed: exit code 1", "DATABASE is not reachable", "CrashLoopBackOff", "verify.env"],
  },
  {
    name: "a server that is to end",
    verify: `{ exit-code: 0, timeout: 20s }`,
    says: ["end with exit code 0"],
  },
  {
    name: "a program that ends before it listens",
    verify: `{ port: 8081, args: [--version], timeout: 1m }`,
    says: ["ended before", "open port 8081", "exit-code: 0"],
  },
  {
    name: "an entrypoint that is not in the image",
    dockerfile: `COPY main /main\nENTRYPOINT ["/app/main"]\n`,
    verify: `{ log: Hello World, timeout: 1m }`,
    says: ["/app/main is not in it", "ENTRYPOINT"],
  },
  {
    name: "an entrypoint that may not be executed",
    dockerfile: `COPY Dockerfile /main\nENTRYPOINT ["/main"]\n`,
    verify: `{ log: Hello World, timeout: 1m }`,
    says: ["/main is not executable", "chmod"],
  },
  {
    name: "a program for arm64 in an image for amd64",
    dockerfile: `COPY arm64 /main\nENTRYPOINT ["/main"]\n`,
    verify: `{ log: Hello World, timeout: 1m }`,
    says: ["arm64 binary in an amd64 image", "`/main` is an ELF program for `arm64`", "GOARCH=amd64"],
  },
  {
    name: "a program for arm64 under a path that only the node finds",
    dockerfile: `COPY arm64 /main\nWORKDIR /\nENTRYPOINT ["./main"]\n`,
    verify: `{ log: Hello World, timeout: 1m }`,
    says: [/exec format error/i, "GOARCH"],
  },
  {
    name: "an image for a platform that no node has",
    platform: "linux/arm64",
    dockerfile: `COPY arm64 /main\nENTRYPOINT ["/main"]\n`,
    verify: `{ log: Hello World, timeout: 6s }`,
    says: ["No node runs linux/arm64", "was not run", "`platform`"],
  },
];

describeWith(localClusterObstacle(), "a pushed image is run, and shows what it has to", () => {
  let story: Story;
  let bot: BotProcess;
  let programs: { main: Buffer; arm64: Buffer };

  beforeAll(async () => {
    story = await openStory();
    bot = await story.startBot();
    programs = { main: buildServer("amd64"), arm64: buildServer("arm64") };
  });
  afterAll(() => story.close());

  const push = async (name: string, verify: string, dockerfile = study, platform = "linux/amd64") => {
    const { github } = story;
    const repository = await github.createRepository({
      owner: "acme",
      name,
      files: {
        Dockerfile: `FROM ${story.base}\n${dockerfile}`,
        ".pushwright.yml": `images: [{ platform: ${platform}, verify: ${verify} }]\n`,
        main: { content: programs.main, mode: "100755" },
        arm64: { content: programs.arm64, mode: "100755" },
      },
    });
    return github.push(repository, { files: { a: "1" }, message: "verify" });
  };

  it.concurrent.each(cases)(
    "$name",
    async ({ name: title, verify, dockerfile, platform, conclusion = "failure", says }) => {
      const name = `verify-${cases.findIndex((each) => each.name === title)}`;
      const { commit } = await push(name, verify, dockerfile, platform);
      const run = await completed(story.github, commit, 150_000);
      const said = [run.output.title, run.output.summary, run.output.text].join("\n");
      expect(run.conclusion, said).toBe(conclusion);
      for (const words of says) expect(said).toMatch(words);
      // Whatever became of it, it was pushed.
      expect(await story.stored(`acme/${name}`, commit)).toBeDefined();
    },
  );

  it("runs it locked down, by the digest under the name that nodes pull", async () => {
    const { namespace, cluster } = story;
    const { commit } = await push("locked", `{ exit-code: 0, timeout: 20s }`);
    let pod: V1Pod | undefined;
    await expect
      .poll(
        async () => {
          const { items } = await namespace.core.listNamespacedPod({ namespace: namespace.name });
          pod = items.find(
            ({ metadata }) =>
              metadata?.annotations?.["pushwright.dev/commit"] === commit &&
              metadata.labels?.["pushwright.dev/verify"] !== undefined,
          );
          return pod;
        },
        { timeout: 60_000 },
      )
      .toBeDefined();
    const stored = await story.stored("acme/locked", commit);
    expect(pod?.spec).toMatchObject({
      hostUsers: false,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          image: `${cluster.registry.pull}/${namespace.name}/acme/locked@${stored?.digest}`,
          resources: { limits: { cpu: "1", memory: "512Mi" } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    });
    expect((await completed(story.github, commit)).conclusion).toBe("failure");
  });

  it("goes on after the bot was killed, with the same run", async () => {
    const { namespace, github } = story;
    const slow = `ENTRYPOINT ["/bin/sh", "-c", "echo begun; sleep 10; echo Ready; sleep 60"]\n`;
    const { commit } = await push("slow", `{ log: [begun, Ready], timeout: 1m }`, slow);
    const runs = async () => {
      const { items } = await namespace.batch.listNamespacedJob({ namespace: namespace.name });
      return items
        .filter(
          ({ metadata }) =>
            metadata?.annotations?.["pushwright.dev/commit"] === commit &&
            metadata.labels?.["pushwright.dev/verify"] !== undefined,
        )
        .map(({ metadata }) => metadata?.uid);
    };
    await expect.poll(runs, { timeout: 60_000 }).toHaveLength(1);
    const before = await runs();
    await bot.stop("SIGKILL");
    bot = await story.startBot();
    expect(await runs()).toEqual(before);
    const run = await completed(github, commit);
    expect(run).toMatchObject({ conclusion: "success" });
    expect(run.output.text).toMatch(/begun[\s\S]*Ready/);
  });

  it("says so when nodes cannot pull the image by the name that is set for them", async () => {
    // Nodes do not ask the cluster's DNS.
    const { push: place } = story.cluster.registry;
    bot = await story.startBot({ PUSHWRIGHT_REGISTRY_PULL: `${place}/${story.namespace.name}` });
    const { commit } = await push("unpullable", `{ log: Hello World, timeout: 1m }`);
    const { conclusion, output } = await completed(story.github, commit);
    expect(conclusion).toBe("failure");
    expect(output.title).toBe("The image was pushed, but a node cannot pull it");
    for (const words of [`${place}/`, "PUSHWRIGHT_REGISTRY_PULL"]) expect(output.summary).toContain(words);
  });
});
