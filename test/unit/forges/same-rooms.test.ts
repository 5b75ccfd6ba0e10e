import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";

/** What a reader finds in the folder of every forge under the same name. */
const SHARED = [
  ...["archive.ts", "client.ts", "event.ts", "fault.ts", "forge.ts", "webhook.ts", "report.ts", "react.ts"],
  ...["fetch-changed-files.ts", "fetch-file.ts", "fetch-message.ts", "fetch-permission.ts"],
  ...["fetch-pull-request.ts", "is-pushed-here.ts", "note.ts", "pull-request.ts", "thread-comments.ts"],
  ...["events/event-frame.ts", "events/push.ts", "events/pull-request.ts"],
];

describe.each(["github", "gitlab", "gitea"])("forges/%s", (forge) => {
  it("has the files that every forge has", async () => {
    const folder = new URL(`../../../src/forges/${forge}/`, import.meta.url);
    expect(await readdir(folder, { recursive: true })).toEqual(expect.arrayContaining(SHARED));
  });
});
