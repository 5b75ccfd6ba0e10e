import { z } from "zod";
import { notFound } from "../http/api-error.ts";
import { NoBody, Nothing, Paging, paginate } from "../http/parameters.ts";
import { type Route, route } from "../http/route.ts";
import { LEVELS, type Note, type Project, type World } from "../state/world.ts";
import { noteView } from "../views/views.ts";
import { commitAt } from "./commit-at.ts";
import { NoteText, writeNote } from "./write-note.ts";

const DISCUSSIONS = "projects/:id/repository/commits/:sha/discussions";
const needs = LEVELS.reporter;

function notesOn(world: World, project: Project, sha: string): Note[] {
  return world.notes.filter((note) => note.project === project && "sha" in note.on && note.on.sha === sha);
}

function discussionView(note: Note, world: World) {
  return { id: note.discussionId, individual_note: true, notes: [noteView(note, world)] };
}

export const discussionRoutes: Route[] = [
  route({
    ...{ method: "GET", path: DISCUSSIONS, needs, query: Paging.strict(), body: NoBody },
    answer: async ({ world, project, path, query }) => {
      const sha = await commitAt(project, path.sha ?? "", "Commit");
      const discussions = notesOn(world, project, sha).map((note) => discussionView(note, world));
      return paginate(discussions, query, world.url);
    },
  }),
  route({
    ...{ method: "POST", path: DISCUSSIONS, needs, query: Nothing, body: z.strictObject({ body: NoteText }) },
    answer: async ({ world, project, path, body, caller }) => {
      const sha = await commitAt(project, path.sha ?? "", "Commit");
      const note = writeNote(world, { project, on: { sha }, author: caller, body: body.body });
      return { status: 201, body: discussionView(note, world) };
    },
  }),
  route({
    ...{ method: "GET", path: `${DISCUSSIONS}/:discussion_id`, needs, query: Nothing, body: NoBody },
    answer: ({ world, project, path }) => {
      const notes = notesOn(world, project, path.sha ?? "");
      const note = notes.find(({ discussionId }) => discussionId === path.discussion_id);
      if (!note) throw notFound("Discussion");
      return { body: discussionView(note, world) };
    },
  }),
  route({
    ...{ method: "PUT", path: `${DISCUSSIONS}/:discussion_id/notes/:note_id`, needs, query: Nothing },
    body: z.strictObject({ body: NoteText }),
    answer: ({ world, project, path, body, caller }) => {
      const note = notesOn(world, project, path.sha ?? "").find(
        ({ id, discussionId }) => String(id) === path.note_id && discussionId === path.discussion_id,
      );
      if (note?.author !== caller) throw notFound("Note");
      note.body = body.body;
      return { body: noteView(note, world) };
    },
  }),
];
