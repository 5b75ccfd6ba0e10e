import type { WebhookCommitNoteEventSchema, WebhookMergeRequestNoteEventSchema } from "@gitbeaker/rest";
import type { Note, World } from "../state/world.ts";
import { attributesOf } from "./merge-request-payload.ts";
import { payloadProject, payloadRepository, payloadUser } from "./payload-parts.ts";

type Payload = Partial<WebhookCommitNoteEventSchema & WebhookMergeRequestNoteEventSchema>;
type Attributes = Payload["object_attributes"] & { action: string };

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#comment-events */
export function notePayload(note: Note, action: "create" | "update", world: World): Payload {
  const { project, author, on } = note;
  return {
    ...{ object_kind: "note", event_type: "note", project_id: project.id },
    user: payloadUser(author, world),
    project: payloadProject(project, world),
    repository: payloadRepository(project, world),
    object_attributes: attributesOfNote(note, action, world),
    ...("sha" in on
      ? { commit: commitOf(on.sha, world) }
      : { merge_request: attributesOf(on.mergeRequest, world) as object }),
  } as Payload;
}

function attributesOfNote(
  { id, body, project, author, on, discussionId, at }: Note,
  action: string,
  world: World,
) {
  // Older versions write times so.
  const time = `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const attributes: Partial<Attributes> = {
    ...{ id, note: body, discussion_id: discussionId, author_id: author.id, project_id: project.id, action },
    ...{ created_at: time, updated_at: time, attachment: null, system: false, st_diff: null },
    ...("sha" in on
      ? { noteable_type: "Commit", noteable_id: null, commit_id: on.sha }
      : // A number in GitLab's examples, a text in Gitbeaker's types.
        { noteable_type: "MergeRequest", noteable_id: (1000 + on.mergeRequest.iid) as never }),
    url: `${world.url}/${project.path}#note_${id}`,
  };
  return attributes;
}

function commitOf(id: string, { url }: World): WebhookCommitNoteEventSchema["commit"] {
  const author = { name: "Mona Lisa", email: "mona@example.com" };
  return {
    id,
    message: "Change files",
    timestamp: new Date().toISOString(),
    url: `${url}/-/commit/${id}`,
    author,
  };
}
