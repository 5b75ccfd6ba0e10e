import { z } from "zod";
import { notFound } from "../http/api-error.ts";
import { NoBody, Nothing, Paging, paginate } from "../http/parameters.ts";
import { type Route, route } from "../http/route.ts";
import { LEVELS, type MergeRequest, type Note, type World } from "../state/world.ts";
import { emojiView, noteView } from "../views/views.ts";
import { addEmoji } from "./add-emoji.ts";
import { mergeRequestAt } from "./merge-requests.ts";
import { NoteText, refuseCommands, writeNote } from "./write-note.ts";

const NOTES = "projects/:id/merge_requests/:iid/notes";
const needs = LEVELS.reporter;

function notesOn(world: World, mergeRequest: MergeRequest): Note[] {
  return world.notes.filter(({ on }) => "mergeRequest" in on && on.mergeRequest === mergeRequest);
}

function noteAt(world: World, mergeRequest: MergeRequest, id: string | undefined): Note {
  const found = notesOn(world, mergeRequest).find((note) => String(note.id) === id);
  if (!found) throw notFound("Note");
  return found;
}

export const noteRoutes: Route[] = [
  route({
    ...{ method: "GET", path: NOTES, needs, body: NoBody },
    query: Paging.extend({
      sort: z.enum(["asc", "desc"]).default("desc"),
      order_by: z.enum(["created_at", "updated_at"]).default("created_at"),
    }).strict(),
    answer: ({ world, project, path, query }) => {
      const notes = notesOn(world, mergeRequestAt(world, project, path.iid));
      const views = notes.map((note) => noteView(note, world));
      return paginate(query.sort === "asc" ? views : views.reverse(), query, world.url);
    },
  }),
  route({
    ...{ method: "POST", path: NOTES, needs, query: Nothing, body: z.strictObject({ body: NoteText }) },
    answer: ({ world, project, path, body, caller }) => {
      const mergeRequest = mergeRequestAt(world, project, path.iid);
      const note = writeNote(world, { project, on: { mergeRequest }, author: caller, body: body.body });
      return { status: 201, body: noteView(note, world) };
    },
  }),
  route({
    ...{ method: "GET", path: `${NOTES}/:note_id`, needs, query: Nothing, body: NoBody },
    answer: ({ world, project, path }) => {
      const note = noteAt(world, mergeRequestAt(world, project, path.iid), path.note_id);
      return { body: noteView(note, world) };
    },
  }),
  route({
    ...{ method: "PUT", path: `${NOTES}/:note_id`, needs, query: Nothing },
    body: z.strictObject({ body: NoteText }),
    answer: ({ world, project, path, body, caller }) => {
      const note = noteAt(world, mergeRequestAt(world, project, path.iid), path.note_id);
      if (note.author !== caller) throw notFound("Note");
      refuseCommands(world, body.body);
      note.body = body.body;
      return { body: noteView(note, world) };
    },
  }),
  route({
    ...{ method: "POST", path: `${NOTES}/:note_id/award_emoji`, needs, query: Nothing },
    body: z.strictObject({ name: z.string() }),
    answer: ({ world, project, path, body, caller }) => {
      const note = noteAt(world, mergeRequestAt(world, project, path.iid), path.note_id);
      const emoji = addEmoji(world, note, caller, body.name);
      if (typeof emoji === "string") throw notFound(`Award Emoji ${emoji}`);
      return { status: 201, body: emojiView(emoji, note, world) };
    },
  }),
];
