import { afterAll, beforeAll, expect, it } from "vitest";
import { diagnose } from "../../src/core/diagnose.ts";
import type { ImageBuild } from "../../src/core/image-build.ts";
import { describeWith } from "../describe-with.ts";
import { imageContext } from "../harness/image-context.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

type Image = Pick<ImageBuild, "context" | "dockerfile">;

describeWith(localClusterObstacle(), "a repository's build context in Kaniko", () => {
  let world: KanikoWorld;
  let copyAll: string;
  beforeAll(async () => {
    world = await openKanikoWorld();
    copyAll = `${world.from}COPY . /copied/\nRUN cd /copied && find . -type f -o -type l | sort | sed 's/^/has /'\n`;
  });
  afterAll(() => world.close());

  const build = async (files: Parameters<typeof imageContext>[0], image: Image) => {
    const { buildContext, layout } = await imageContext(files, image);
    return world.build(world.plan({ ...layout, destinations: [] }), buildContext);
  };
  const copied = (log: string[]) =>
    log.filter((line) => line.startsWith("has ./")).map((line) => line.slice(6));

  const files = () => ({
    Dockerfile: copyAll,
    ".dockerignore": "Dockerfile\n.dockerignore\nsecret*\n",
    secret: "root",
    main: "root",
    "api/Dockerfile": copyAll,
    "api/.dockerignore": "ignored\n",
    "api/ignored": "api",
    "api/main": "api",
    "api/sub/other": "api",
    "api/link": { to: "../main" },
    "docker/web.Dockerfile": copyAll,
    "docker/web.Dockerfile.dockerignore": "main\n",
  });

  it.each<[string, Image, string[]]>([
    [
      "all of it, as its .dockerignore says",
      { context: "", dockerfile: { path: "Dockerfile" } },
      ["api/.dockerignore", "api/Dockerfile", "api/ignored", "api/link", "api/main", "api/sub/other"].concat([
        "docker/web.Dockerfile",
        "docker/web.Dockerfile.dockerignore",
        "main",
      ]),
    ],
    [
      "a folder with its own Dockerfile, as that folder's .dockerignore says",
      { context: "api", dockerfile: { path: "api/Dockerfile" } },
      [".dockerignore", "Dockerfile", "link", "main", "sub/other"],
    ],
    [
      "a folder with a Dockerfile from elsewhere, as the .dockerignore of that says",
      { context: "api", dockerfile: { path: "docker/web.Dockerfile" } },
      [".dockerignore", "Dockerfile", "ignored", "link", "sub/other"],
    ],
  ])("is %s", async (_, image, expected) => {
    const { outcome, log } = await build(files(), image);
    expect(outcome).toHaveProperty("digest");
    expect(copied(log).sort()).toEqual(expected.sort());
  });

  it("has a generated Dockerfile that nothing copies, whatever the repository has of that name", async () => {
    const image: Image = { context: "", dockerfile: { text: copyAll } };
    const { outcome, log } = await build(
      { main: "root", Dockerfile: "FROM nothing.invalid/at:all\n" },
      image,
    );
    expect(outcome).toHaveProperty("digest");
    expect(copied(log)).toEqual(["Dockerfile", "main"]);
    const bare = await build({ main: "root" }, image);
    expect(copied(bare.log)).toEqual(["main"]);
  });

  it("is called by the repository's own paths when a file is missing from it", async () => {
    const text = `${world.from}COPY dist /dist\n`;
    const { outcome } = await build({ main: "root" }, { context: "", dockerfile: { text } });
    const evidence = "evidence" in outcome ? outcome.evidence : undefined;
    expect(evidence && diagnose(evidence, text)).toMatchObject({
      code: "copy-source-missing",
      title: "dist is not in the build context",
      line: 2,
    });
  });
});
