import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../describe-with.ts";
import { pushBotImage } from "../harness/bot-image.ts";
import { completed } from "../harness/completed.ts";
import { createLoginSecret, LOGIN_SECRET } from "../harness/login-registry.ts";
import { openStory, type Story } from "../harness/open-story.ts";
import {
  dockerConfig,
  REGISTRY_LOGIN,
  type RegistryServer,
  startRegistry,
} from "../harness/registry-server.ts";
import { startTokenService, type TokenService } from "../harness/token-service.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

describeWith(
  localClusterObstacle(),
  "a registry behind a token service, with a private certificate authority",
  () => {
    let story: Story;
    let tokens: TokenService;
    let registry: RegistryServer;
    let proxyImage: string;
    let folder: string;
    beforeAll(async () => {
      story = await openStory();
      tokens = await startTokenService(REGISTRY_LOGIN);
      registry = await startRegistry("https", tokens);
      proxyImage = await pushBotImage();
      folder = await mkdtemp(join(tmpdir(), "pushwright-tokens-"));
      await writeFile(join(folder, "config.json"), dockerConfig(registry.host));
      await createLoginSecret(story.namespace, LOGIN_SECRET, dockerConfig(registry.host));
    });
    afterAll(async () => {
      await story.close();
      await registry.close();
      await tokens.close();
      await rm(folder, { recursive: true });
    });

    async function push(name: string, env: Record<string, string>) {
      const places = ["PUSH", "PULL", "API"].map((each) => [
        `PUSHWRIGHT_REGISTRY_${each}`,
        `${registry.host}/team`,
      ]);
      await story.startBot({
        ...Object.fromEntries(places),
        PUSHWRIGHT_REGISTRY_INSECURE: "false",
        PUSHWRIGHT_REGISTRY_CA: registry.ca,
        PUSHWRIGHT_REGISTRIES: JSON.stringify([{ host: story.base.split("/")[0], insecure: true }]),
        ...env,
      });
      const files = {
        Dockerfile: `FROM ${story.base}\nRUN echo ${name}\n`,
        ".pushwright.yml": "tags: ['{{branch}}']\n",
      };
      const repository = await story.github.createRepository({ owner: "acme", name, files });
      const { commit } = await story.github.push(repository, { files: { a: "1" }, message: "a" });
      const { output, conclusion } = await completed(story.github, commit);
      return { conclusion, commit, words: `${output.title}\n${output.summary}` };
    }

    it("is pushed to through the proxy, with tokens that are good for the build's own repositories alone", async () => {
      const { conclusion, commit, words } = await push("shop", {
        PUSHWRIGHT_REGISTRY_LOGIN: join(folder, "config.json"),
        PUSHWRIGHT_REGISTRY_SECRET: LOGIN_SECRET,
        PUSHWRIGHT_PROXY_IMAGE: proxyImage,
      });
      expect(words).toContain(`${registry.host}/team/acme/shop:${commit}`);
      expect(conclusion).toBe("success");
      const scopes = new Set(tokens.asked.map(({ scope }) => scope));
      expect([...scopes].toSorted()).toEqual([
        "repository:team/acme/shop/pushwright-cache:pull",
        "repository:team/acme/shop/pushwright-cache:pull,push",
        "repository:team/acme/shop:pull",
        "repository:team/acme/shop:pull,push",
      ]);
      expect(new Set(tokens.asked.map(({ user }) => user))).toEqual(new Set([REGISTRY_LOGIN.user]));
    });

    it("that gives no tokens to a login is explained, for the builds' and for the bot's", async () => {
      const noLogin = join(folder, "none.json");
      await writeFile(noLogin, JSON.stringify({ auths: {} }));
      const ofBot = await push("bot", {
        PUSHWRIGHT_REGISTRY_LOGIN: noLogin,
        PUSHWRIGHT_REGISTRY_SECRET: LOGIN_SECRET,
        PUSHWRIGHT_PROXY_IMAGE: proxyImage,
      });
      expect(ofBot.conclusion).toBe("failure");
      expect(ofBot.words).toMatch(/\/token.*401|401.*\/token/s);
      expect(ofBot.words).toContain("PUSHWRIGHT_REGISTRY_LOGIN");
      await createLoginSecret(story.namespace, "none", JSON.stringify({ auths: {} }));
      const ofBuilds = await push("builds", {
        PUSHWRIGHT_REGISTRY_LOGIN: join(folder, "config.json"),
        PUSHWRIGHT_REGISTRY_SECRET: "none",
        PUSHWRIGHT_PROXY_IMAGE: proxyImage,
      });
      expect(ofBuilds.conclusion).toBe("failure");
      expect(ofBuilds.words).toContain("401");
      expect(ofBuilds.words).toContain(registry.host);
      expect(ofBuilds.words).not.toContain("127.0.0.1");
    });
  },
);
