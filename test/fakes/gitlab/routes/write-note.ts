import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Note, World } from "../state/world.ts";

/** https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics */
export const NoteText = z.string().min(1).max(1_000_000);

/** Some of those that GitLab has: https://docs.gitlab.com/user/project/quick_actions/ */
const QUICK_ACTION = /^\/(?:approve|assign|close|label|merge|rebase|reopen|target_branch)\b.*$/im;

export function writeNote(world: World, note: Pick<Note, "project" | "on" | "author" | "body">): Note {
  refuseCommands(world, note.body);
  const discussionId = randomBytes(20).toString("hex");
  const written = { ...note, discussionId, id: world.nextId(), at: new Date(), emojis: [] };
  world.notes.push(written);
  return written;
}

/** GitLab would carry it out with the rights of whoever writes it. */
export function refuseCommands(world: World, body: string): void {
  const [action] = QUICK_ACTION.exec(body) ?? [];
  if (action !== undefined) world.faults.push(`a note would make GitLab do this: ${action}`);
}
