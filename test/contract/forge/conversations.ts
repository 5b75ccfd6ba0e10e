import { describe, expect, it } from "vitest";
import type { Thread } from "../../../src/core/forge-event.ts";
import type { ForgeAbilities } from "./forge-abilities.ts";
import type { ForgeUnderTest, OpenForge } from "./forge-under-test.ts";
import { proves } from "./proves.ts";

type Conversation = ForgeUnderTest & { thread: Thread };

async function onPullRequest(open: OpenForge): Promise<Conversation> {
  const under = await open();
  await under.pushCommit({ branch: "fix", files: { fixed: "yes" } });
  return {
    ...under,
    thread: { kind: "pull-request", number: await under.openPullRequest({ branch: "fix" }) },
  };
}

async function onCommit(open: OpenForge): Promise<Conversation> {
  const under = await open();
  return { ...under, thread: { kind: "commit", commit: under.commit } };
}

export function describeForgeConversations(open: OpenForge, { threads }: ForgeAbilities): void {
  const hasCommitThreads = threads.includes("commit");
  describe("on a pull request", () => describeConversation(() => onPullRequest(open)));
  if (hasCommitThreads) describe("on a commit", () => describeConversation(() => onCommit(open)));

  if (hasCommitThreads) itKeepsNotesApart(open);
  else itRefusesCommitThreads(open);
}

function itRefusesCommitThreads(open: OpenForge): void {
  it("says that nobody can talk about a commit", async () => {
    const { forge, repository, commit } = await open();
    const thread = { kind: "commit", commit } as const;
    const refused = { diagnosis: { class: "permanent", title: expect.stringContaining("acme/shop@") } };
    await expect(forge.publishNote(repository, thread, "Building")).rejects.toMatchObject(refused);
    await expect(forge.react(repository, { thread, commentId: "1" }, "seen")).rejects.toMatchObject(refused);
  });
}

function itKeepsNotesApart(open: OpenForge): void {
  proves("commit note")("keeps the note of one thread apart from that of another", async () => {
    const { forge, repository, commit, thread, comments } = await onPullRequest(open);
    await forge.publishNote(repository, thread, "On the pull request");
    await forge.publishNote(repository, { kind: "commit", commit }, "On the commit");
    expect(await comments(thread)).toMatchObject([{ body: expect.stringContaining("On the pull request") }]);
    expect(await comments({ kind: "commit", commit })).toMatchObject([
      { body: expect.stringContaining("On the commit") },
    ]);
  });
}

function describeConversation(start: () => Promise<Conversation>): void {
  proves("reactions")("adds a reaction once, and another beside it", async () => {
    const { forge, repository, thread, comment, reactions } = await start();
    const place = { thread, commentId: await comment(thread, "/build") };
    await forge.react(repository, place, "seen");
    await forge.react(repository, place, "seen");
    expect(await reactions(place)).toHaveLength(1);
    await forge.react(repository, place, "done");
    await forge.react(repository, place, "refused");
    expect(new Set(await reactions(place)).size).toBe(3);
  });

  proves("note")("writes one note, and updates it", async () => {
    const { forge, repository, thread, comments } = await start();
    const { noteId } = await forge.publishNote(repository, thread, "Building");
    expect(await forge.publishNote(repository, thread, "Built", noteId)).toEqual({ noteId });
    expect(await comments(thread)).toEqual([
      { id: noteId, isBots: true, body: expect.stringMatching(/Built$/) },
    ]);
  });

  proves("note")(
    "finds its note again when only the forge knows of it, and not somebody's copy of it",
    async () => {
      const { forge, repository, thread, comment, comments } = await start();
      const { noteId } = await forge.publishNote(repository, thread, "Building");
      const [own] = await comments(thread);
      for (let written = 0; written < 3; written += 1) await comment(thread, own?.body ?? "");
      expect(await forge.publishNote(repository, thread, "Built")).toEqual({ noteId });
      const bodies = (await comments(thread)).map(({ body }) => body);
      expect(bodies.filter((body) => body.includes("Built"))).toHaveLength(1);
      expect(bodies).toHaveLength(4);
    },
  );

  proves("note")("writes its note although somebody wrote a copy of one before", async () => {
    const { forge, repository, thread, comment, comments, deleteComment } = await start();
    const { noteId } = await forge.publishNote(repository, thread, "Building");
    const [own] = await comments(thread);
    await comment(thread, own?.body ?? "");
    await deleteComment({ thread, commentId: noteId });
    await forge.publishNote(repository, thread, "Built");
    expect((await comments(thread)).map(({ isBots }) => isBots)).toEqual([false, true]);
  });

  proves("note")("writes a note anew that somebody deleted", async () => {
    const { forge, repository, thread, comments, deleteComment } = await start();
    const { noteId } = await forge.publishNote(repository, thread, "Building");
    await deleteComment({ thread, commentId: noteId });
    const anew = await forge.publishNote(repository, thread, "Built", noteId);
    expect(await comments(thread)).toMatchObject([{ id: anew.noteId, isBots: true }]);
  });

  proves("note")("writes one note although the answer to its first publication was lost", async () => {
    const { forge, repository, thread, comments, failNext } = await start();
    failNext("lost");
    await expect(forge.publishNote(repository, thread, "Building")).rejects.toMatchObject({
      diagnosis: { class: "transient" },
    });
    await forge.publishNote(repository, thread, "Built");
    expect(await comments(thread)).toMatchObject([{ body: expect.stringContaining("Built") }]);
  });

  proves("long", "note")("writes a note however long it is", async () => {
    const { forge, repository, thread, comments } = await start();
    await forge.publishNote(repository, thread, `Begins here ${"😀".repeat(100_000)}`);
    expect(await comments(thread)).toMatchObject([{ body: expect.stringContaining("Begins here 😀") }]);
  });
}
