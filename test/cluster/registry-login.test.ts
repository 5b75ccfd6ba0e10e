import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { pushBotImage } from "../harness/bot-image.ts";
import { completed } from "../harness/completed.ts";
import { LOGIN_SECRET, type LoginRegistry, openLoginRegistry } from "../harness/login-registry.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import { REGISTRY_LOGIN } from "../harness/registry-server.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

describeWith(localClusterObstacle(), "a registry that asks for a login", () => {
  let story: Story;
  let registry: LoginRegistry;
  let proxyImage: string;
  let folder: string;
  let count = 0;
  beforeAll(async () => {
    story = await openStory();
    folder = await mkdtemp(join(tmpdir(), "pushwright-login-"));
    [registry, proxyImage] = await Promise.all([
      openLoginRegistry(story.namespace, story.cluster.kubeconfig),
      pushBotImage(),
    ]);
    await writeFile(join(folder, "config.json"), registry.dockerConfig);
  });
  afterAll(async () => {
    await story.close();
    await registry.close();
    await rm(folder, { recursive: true });
  });

  async function build(dockerfile: string[], env: Record<string, string> = {}) {
    await story.startBot({
      PUSHWRIGHT_REGISTRY_PUSH: `${registry.host}/team`,
      PUSHWRIGHT_REGISTRY_PULL: `${registry.host}/team`,
      PUSHWRIGHT_REGISTRY_API: `${registry.api}/team`,
      PUSHWRIGHT_REGISTRIES: JSON.stringify([{ host: story.base.split("/")[0], insecure: true }]),
      PUSHWRIGHT_REGISTRY_LOGIN: join(folder, "config.json"),
      PUSHWRIGHT_REGISTRY_SECRET: LOGIN_SECRET,
      ...env,
    });
    count += 1;
    const files = { Dockerfile: `${dockerfile.join("\n")}\n`, ".pushwright.yml": "tags: ['{{branch}}']\n" };
    const repository = await story.github.createRepository({ owner: "acme", name: `shop-${count}`, files });
    const { commit } = await story.github.push(repository, { files: { a: "1" }, message: "a" });
    const run = await completed(story.github, commit);
    const { title, summary, text } = run.output;
    return { run, commit, path: `team/acme/shop-${count}`, words: [title, summary, text].join("\n") };
  }

  it.each([
    ["beside the build", true],
    ["in the build", false],
  ])(
    "is pushed to with a login that is held %s, and confirmed and tagged with the bot's own",
    async (_, beside) => {
      const { run, commit, path, words } = await build(
        [`FROM ${story.base}`, "COPY a /a", "RUN cat /a"],
        beside ? { PUSHWRIGHT_PROXY_IMAGE: proxyImage } : {},
      );
      expect(words).toContain(`${registry.host}/${path}:${commit}`);
      expect(words).not.toContain("127.0.0.1");
      expect(run.conclusion).toBe("success");
      const { user, password } = REGISTRY_LOGIN;
      const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
      const tags = await fetch(`http://${registry.api}/v2/${path}/tags/list`, { headers: { authorization } });
      expect(((await tags.json()) as { tags: string[] }).tags.toSorted()).toEqual(
        [commit, "main"].toSorted(),
      );
    },
  );
});
