import { execFileSync } from "node:child_process";
import type { Octokit } from "@octokit/rest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GitHub } from "../../fakes/github/github.ts";
import { startGitHub } from "../../fakes/github/start-github.ts";
import type { Repository } from "../../fakes/github/state/repositories.ts";
import { installationClient } from "./sign-in.ts";

const shop = { owner: "acme", repo: "shop" };

describe("archives", () => {
  let github: GitHub;
  let client: Octokit;
  let repository: Repository;

  beforeEach(async () => {
    github = await startGitHub();
    repository = await github.createRepository({
      files: {
        Dockerfile: "FROM scratch\n",
        "bin/run": { content: "#!/bin/sh\n", mode: "100755" },
        link: { content: "bin/run", mode: "120000" },
        "a name with spaces": new Uint8Array([0, 255, 10]),
      },
    });
    client = await installationClient(github);
  });
  afterEach(async () => {
    expect(github.faults).toEqual([]);
    await github.close();
  });

  it("are what git archive makes of the commit", async () => {
    const { after } = await github.push(repository, { files: { "bin/run": null, "new.txt": "new\n" } });
    const { data } = await client.rest.repos.downloadTarballArchive({ ...shop, ref: "main" });
    const args = ["archive", "--format=tar.gz", `--prefix=acme-shop-${after}/`, after];
    const expected = execFileSync("git", [`--git-dir=${repository.gitDirectory}`, ...args]);
    expect(Buffer.from(data as ArrayBuffer).equals(expected)).toBe(true);
    expect(github.calls.map(({ operationId, status }) => [operationId, status]).slice(1)).toEqual([
      ["repos/download-tarball-archive", 302],
      ["codeload", 200],
    ]);
  });

  it("can be downloaded without a token, but only for five minutes", async () => {
    const link = await archiveLink("heads/main");
    expect((await fetch(link)).status).toBe(200);
    expect((await fetch(link.replace(/token=.*/, "token=0"))).status).toBe(404);
    github.advanceClock(5 * 60 * 1000);
    expect((await fetch(link)).status).toBe(404);
  });

  it("can break in the middle, once", async () => {
    const failure = github.failNext({ path: /^\/codeload\//, afterBytes: 100 });
    const link = await archiveLink("main");
    const broken = await fetch(link);
    const received: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of broken.body ?? []) received.push(chunk);
    })();
    await expect(reading).rejects.toThrow("terminated");
    expect(Buffer.concat(received).byteLength).toBe(100);
    expect(failure.happened).toBe(1);
    expect((await fetch(link)).status).toBe(200);
  });

  it("can stop coming in the middle", async () => {
    github.failNext({ path: /^\/codeload\//, afterBytes: 100, hang: true });
    const answer = await fetch(await archiveLink("main"), { signal: AbortSignal.timeout(100) });
    await expect(answer.arrayBuffer()).rejects.toThrow("aborted due to timeout");
  });

  it("have GitHub's short folder name if asked", async () => {
    const other = await startGitHub({ archiveFolder: "short-sha" });
    const { gitDirectory } = await other.createRepository({ files: { a: "a" } });
    const { data } = await (await installationClient(other)).rest.repos.downloadTarballArchive({
      ...shop,
      ref: "",
    });
    const sha = execFileSync("git", [`--git-dir=${gitDirectory}`, "rev-parse", "main"])
      .toString()
      .slice(0, 7);
    const names = execFileSync("tar", ["-tz"], { input: Buffer.from(data as ArrayBuffer) }).toString();
    expect(names).toContain(`acme-shop-${sha}/a`);
    expect(other.faults).toEqual([]);
    await other.close();
  });

  it("are not there for what is no commit", async () => {
    const missing = client.rest.repos.downloadTarballArchive({ ...shop, ref: "no/such/branch" });
    await expect(missing).rejects.toMatchObject({ status: 404 });
  });

  async function archiveLink(ref: string): Promise<string> {
    const { token } = (await client.auth()) as { token: string };
    const url = `${github.url}/api/v3/repos/acme/shop/tarball/${ref}`;
    const answer = await fetch(url, { headers: { authorization: `token ${token}` }, redirect: "manual" });
    expect(answer.status).toBe(302);
    return answer.headers.get("location") ?? "";
  }
});
