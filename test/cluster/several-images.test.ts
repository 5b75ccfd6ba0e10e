import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { endedCheck } from "../harness/ended-check.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { operationsOf } from "../harness/operations-of.ts";
import { storedFiles } from "../harness/stored-files.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

type Shop = Awaited<ReturnType<Story["github"]["createRepository"]>>;

const API = "pushwright / api";
const REPORT = "pushwright / report";

const configuration = (base: string) => `images:
  - name: api
    context: services/api
    dockerfile: docker/api.Dockerfile
    target: runtime
    args: { GREETING: "hello, $world" }
    labels: { org.opencontainers.image.title: The shop's API }
    paths: [services/api/**, docker/**, .pushwright.yml]
  - name: report
    dockerfile:
      from: ${base}
      workdir: /usr/local/app
      copy: { main: /usr/local/app/main }
      entrypoint: /usr/local/app/main
tags: [latest, "{{branch}}", "{{version}}", "{{major}}.{{minor}}"]
`;

describeWith(localClusterObstacle(), "a repository with several images", () => {
  let story: Story;
  let shop: Shop;
  let built: string;

  beforeAll(async () => {
    story = await openStory();
    await story.startBot();
    shop = await story.github.createRepository({
      owner: "acme",
      name: "shop",
      files: {
        ".pushwright.yml": configuration(story.base),
        "docker/api.Dockerfile": [
          `FROM ${story.base} AS compile`,
          "ARG GREETING",
          'RUN echo "built with <$GREETING>"',
          "COPY . /source/",
          "RUN mkdir /out && cp /source/served /out/served && ls -A /source > /out/listing",
          "FROM scratch AS runtime",
          "COPY --from=compile /out /srv",
          "FROM nowhere.invalid/never-pulled",
          "",
        ].join("\n"),
        "docker/api.Dockerfile.dockerignore": "*.key\n",
        "services/api/private.key": "secret\n",
        "services/api/served": "served\n",
        main: { content: "#!/bin/sh\necho report\n", mode: "100755" },
      },
    });
  });
  afterAll(() => story.close());

  it("builds each under its own check, from one download, in six calls", async () => {
    const { github } = story;
    github.resetCalls();
    const { commit } = await github.push(shop, { files: { "services/api/a": "1" }, message: "both" });
    built = commit;
    const [api, report] = await Promise.all(
      [API, REPORT].map((name) => endedCheck(github, { sha: commit, name })),
    );
    expect(api).toMatchObject({ conclusion: "success" });
    expect(report).toMatchObject({ conclusion: "success" });
    expect(api?.output.text).toContain("built with <hello, $world>");
    expect(github.checkRuns({ sha: commit })).toHaveLength(2);
    expect(operationsOf(github)).toEqual([
      "apps/create-installation-access-token",
      "checks/create",
      "checks/create",
      "checks/update",
      "checks/update",
      "repos/download-tarball-archive",
    ]);
    expect(github.calls.filter(({ caller }) => caller === "codeload")).toHaveLength(1);
  });

  it("pushes each to its own path, with its labels, and a Dockerfile that was written out as it was", async () => {
    const [api, report] = await Promise.all([
      story.stored("acme/shop/api", built),
      story.stored("acme/shop/report", built),
    ]);
    expect(api?.labels).toMatchObject({
      "org.opencontainers.image.title": "The shop's API",
      "org.opencontainers.image.revision": built,
    });
    const { config } = JSON.parse(report?.config ?? "{}") as { config: Record<string, unknown> };
    expect(config).toMatchObject({ WorkingDir: "/usr/local/app", Entrypoint: ["/usr/local/app/main"] });
    expect(await story.stored("acme/shop", built)).toBeUndefined();
  });

  it("has of a build in stages what the wanted one copied from another, and nothing that is ignored", async () => {
    const { registry } = story.cluster;
    const files = await storedFiles(registry.api, `${story.namespace.name}/acme/shop/api`, built);
    expect(Object.fromEntries(files)).toEqual({ "srv/served": "served\n", "srv/listing": "a\nserved\n" });
  });

  it("sets the default branch's tags, and tells of them", async () => {
    for (const path of ["acme/shop/api", "acme/shop/report"]) {
      const { digest } = (await story.stored(path, built)) ?? {};
      for (const tag of ["latest", "main"])
        expect((await story.stored(path, tag))?.digest, `${path}:${tag}`).toBe(digest);
    }
    const [run] = story.github.checkRuns({ sha: built, name: API });
    for (const tag of ["latest", "main"]) expect(run?.output.summary).toContain(`/acme/shop/api:${tag}`);
  });

  it("skips the image that nothing changed for, and says so in its check", async () => {
    const { github } = story;
    const { commit } = await github.push(shop, { files: { main: "#!/bin/sh\n" }, message: "report alone" });
    const [api, report] = await Promise.all(
      [API, REPORT].map((name) => endedCheck(github, { sha: commit, name })),
    );
    expect(api).toMatchObject({ conclusion: "skipped" });
    expect(api?.output.title).toContain("nothing changed that this image is built of");
    expect(report).toMatchObject({ conclusion: "success" });
    expect(await story.stored("acme/shop/api", commit)).toBeUndefined();
    const [was, is] = await Promise.all([
      story.stored("acme/shop/report", built),
      story.stored("acme/shop/report", "latest"),
    ]);
    expect(is?.digest).not.toBe(was?.digest);
  });

  it("gives a branch its own tag, and neither latest nor main", async () => {
    const { github } = story;
    const before = await story.stored("acme/shop/report", "latest");
    const { commit } = await github.push(shop, { branch: "try/this", files: { main: "#!/bin/sh\n#1\n" } });
    const run = await endedCheck(github, { sha: commit, name: REPORT });
    expect(run.output.summary).toMatch(/acme\/shop\/report:try-this-[0-9a-f]{8}/);
    expect((await story.stored("acme/shop/report", "latest"))?.digest).toBe(before?.digest);
  });

  it("gives a Git tag that is a version its parts", async () => {
    const { github } = story;
    await github.pushTag(shop, { tag: "v1.2.3", target: built });
    await Promise.all(
      [API, REPORT].map((name) =>
        github.waitForCheckRun(
          (run) =>
            run.name === name && run.conclusion === "success" && /:1\.2\.3/.test(run.output.summary ?? ""),
          120_000,
        ),
      ),
    );
    for (const path of ["acme/shop/api", "acme/shop/report"]) {
      const { digest } = (await story.stored(path, "1.2.3")) ?? {};
      expect(digest).toMatch(/^sha256:/);
      expect((await story.stored(path, "1.2"))?.digest).toBe(digest);
    }
  });
});
