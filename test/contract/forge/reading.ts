import { buffer } from "node:stream/consumers";
import { expect } from "vitest";
import type { CommitSha } from "../../../src/core/commit-sha.ts";
import type { OpenForge } from "./forge-under-test.ts";
import { proves } from "./proves.ts";

const gone = "f".repeat(40) as CommitSha;
const permanent = { diagnosis: { class: "permanent" } };
const never = new AbortController().signal;

export function describeForgeReading(open: OpenForge): void {
  proves("archive")("hands out the commit's archive", async () => {
    const { forge, repository, commit, archive } = await open();
    const fetched = await forge.fetchArchive(repository, commit, never);
    expect((await buffer(fetched)).equals(archive)).toBe(true);
  });

  proves("retries")(
    "says that fetching a commit that is not there cannot be helped by trying again",
    async () => {
      const { forge, repository } = await open();
      await expect(forge.fetchArchive(repository, gone, never)).rejects.toMatchObject({
        diagnosis: { class: "permanent", title: expect.stringContaining("acme/shop@fffffff") },
      });
      await expect(forge.fetchMessage(repository, gone)).rejects.toMatchObject(permanent);
      await expect(forge.fetchFile(repository, gone, "Dockerfile", 100)).rejects.toMatchObject(permanent);
    },
  );

  proves("retries")("says that a forge that answers 502 is worth another try", async () => {
    const { forge, repository, commit, failNext } = await open();
    const transient = { diagnosis: { class: "transient" } };
    failNext("refused");
    await expect(forge.fetchArchive(repository, commit, never)).rejects.toMatchObject(transient);
    failNext("refused");
    await expect(forge.fetchFile(repository, commit, "Dockerfile", 100)).rejects.toMatchObject(transient);
  });

  proves("file")("reads a file as it is at the commit", async () => {
    const { forge, repository, commit, pushCommit } = await open();
    const files = { Dockerfile: "FROM alpine\n", "app/größe.txt": "groß 😀\n" };
    const later = await pushCommit({ branch: "main", files });
    const read = (at: CommitSha, path: string) => forge.fetchFile(repository, at, path, 1000);
    expect(await read(commit, "Dockerfile")).toBe("FROM scratch\n");
    expect(await read(later, "Dockerfile")).toBe("FROM alpine\n");
    expect(await read(later, "app/größe.txt")).toBe("groß 😀\n");
    expect(await read(commit, "app/größe.txt")).toBeUndefined();
    expect(await read(later, "app")).toBeUndefined();
  });

  proves("file")("reads no file that is larger than wanted", async () => {
    const { forge, repository, pushCommit } = await open();
    const files = { exact: "x".repeat(1000), larger: "x".repeat(1001), huge: "x".repeat(3_000_000) };
    const at = await pushCommit({ branch: "main", files });
    expect(await forge.fetchFile(repository, at, "exact", 1000)).toBe(files.exact);
    expect(await forge.fetchFile(repository, at, "larger", 1000)).toBe("too large");
    expect(await forge.fetchFile(repository, at, "huge", 1000)).toBe("too large");
  });

  proves("message")("reads a commit's whole message", async () => {
    const { forge, repository, pushCommit } = await open();
    const message = "Build it\n\nReally. [skip ci] 😀";
    const at = await pushCommit({ branch: "main", files: { a: "b" }, message });
    expect(await forge.fetchMessage(repository, at)).toBe(message);
  });

  proves("changes")("tells what changed between two commits, a renamed file by both its names", async () => {
    const { forge, repository, commit, pushCommit } = await open();
    const content = "a file that is long enough to be known again\n".repeat(20);
    const added = await pushCommit({ branch: "main", files: { "old/name": content } });
    const files = { "old/name": null, "new/name": content, Dockerfile: "FROM alpine\n" };
    const renamed = await pushCommit({ branch: "main", files });
    const changed = async (since: CommitSha, until: CommitSha) => {
      const paths = await forge.fetchChangedFiles(repository, { since, commit: until });
      return paths === "unknown" ? paths : paths.toSorted();
    };
    expect(await changed(commit, added)).toEqual(["old/name"]);
    expect(await changed(added, renamed)).toEqual(["Dockerfile", "new/name", "old/name"]);
    expect(await changed(commit, commit)).toEqual([]);
    expect(await changed(gone, renamed)).toBe("unknown");
  });

  proves("changes")("tells what a forced push took away as well as what it brought", async () => {
    const { forge, repository, commit, pushCommit } = await open();
    const before = await pushCommit({ branch: "main", files: { dropped: "yes" } });
    const after = await pushCommit({ branch: "main", from: commit, files: { brought: "yes" } });
    const paths = await forge.fetchChangedFiles(repository, { since: before, commit: after });
    expect(paths).toHaveLength(2);
    expect(paths).toEqual(expect.arrayContaining(["brought", "dropped"]));
    expect(await forge.fetchChangedFiles(repository, { since: before, commit })).toEqual(["dropped"]);
  });
}
