import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { commitFiles, type FileChanges } from "../../git/commit-files.ts";
import { NO_OBJECT } from "../../git/no-object.ts";
import { readRef, resolveCommit } from "../../git/read-refs.ts";
import { copyRefs, deleteRef, initialiseRepository, setRef, writeTagObject } from "../../git/write-refs.ts";
import { writeNote } from "../routes/write-note.ts";
import { LEVELS, type MergeRequest, type Note, type Project, type World } from "../state/world.ts";
import { type Delivery, deliver, type WebhookTarget } from "../webhooks/deliver.ts";
import { mergeRequestPayload } from "../webhooks/merge-request-payload.ts";
import { notePayload } from "../webhooks/note-payload.ts";
import { pushPayload, type RefUpdate } from "../webhooks/push-payload.ts";

export type ProjectRequest = {
  path?: string;
  files?: FileChanges;
  forkOf?: Project;
  isPrivate?: boolean;
  /** The bot's access level; none: it is no member. */
  botLevel?: number | undefined;
};

export type CommitPush = {
  branch?: string;
  files: FileChanges;
  message?: string;
  sender?: string;
  from?: string;
};

/** What people do on GitLab, each with the webhooks that it sends. */
export class Actions {
  readonly world: World;
  readonly webhook: WebhookTarget;

  constructor(world: World, webhook: WebhookTarget) {
    this.world = world;
    this.webhook = webhook;
  }

  async createProject(request: ProjectRequest = {}): Promise<Project> {
    const { path = "acme/shop", files, forkOf, isPrivate = false } = request;
    const botLevel = "botLevel" in request ? request.botLevel : LEVELS.developer;
    const id = this.world.nextId();
    const gitDirectory = join(this.world.directory, `${id}.git`);
    const [bot] = this.world.tokens;
    const members = new Map(bot && botLevel !== undefined ? [[bot.user.id, botLevel]] : []);
    const project = { id, path, gitDirectory, defaultBranch: "main", isPrivate, members };
    await initialiseRepository(gitDirectory, "main");
    if (forkOf) await copyRefs(forkOf.gitDirectory, "refs/heads/*:refs/heads/*", gitDirectory);
    const first = { branch: "main", message: "Initial commit", at: new Date() };
    if (files) await commitFiles(gitDirectory, { ...first, files });
    this.world.projects.push(project);
    return project;
  }

  async push(project: Project, request: CommitPush): Promise<RefUpdate> {
    const { branch = "main", files, message = "Change files", sender = "mona", from } = request;
    const { gitDirectory, defaultBranch } = project;
    const ref = `refs/heads/${branch}`;
    const before = (await readRef(gitDirectory, ref))?.sha;
    const parent = from ?? before ?? (await resolveCommit(gitDirectory, defaultBranch));
    const after = await commitFiles(gitDirectory, { branch, files, message, at: new Date(), parent });
    const update = { ref, before: before ?? NO_OBJECT, after, commit: after, sender };
    await this.#tell("Push Hook", await pushPayload(update, project, this.world));
    await this.#moveMergeRequests(project, branch, after, sender);
    return update;
  }

  async pushTag(project: Project, request: { tag: string; target?: string; annotation?: string }) {
    const { tag, target = "main", annotation } = request;
    const { gitDirectory } = project;
    const commit = (await resolveCommit(gitDirectory, target)) ?? "";
    const at = new Date();
    const after =
      annotation === undefined
        ? commit
        : await writeTagObject(gitDirectory, { name: tag, commit, message: annotation, at });
    await setRef(gitDirectory, `refs/tags/${tag}`, after);
    const update = { ref: `refs/tags/${tag}`, before: NO_OBJECT, after, commit, sender: "mona" };
    await this.#tell("Tag Push Hook", await pushPayload(update, project, this.world));
    return update;
  }

  async deleteBranch(project: Project, branch: string): Promise<void> {
    const ref = `refs/heads/${branch}`;
    const before = (await readRef(project.gitDirectory, ref))?.sha ?? NO_OBJECT;
    await deleteRef(project.gitDirectory, ref);
    const update = { ref, before, after: NO_OBJECT, commit: undefined, sender: "mona" };
    await this.#tell("Push Hook", await pushPayload(update, project, this.world));
  }

  async openMergeRequest(
    target: Project,
    request: { branch: string; source?: Project; isDraft?: boolean; sender?: string; into?: string },
  ): Promise<MergeRequest> {
    const { branch, source = target, isDraft = false, sender = "mona", into = "main" } = request;
    const sha = await this.#keepHead(target, source, branch);
    const iid = this.world.mergeRequests.filter((other) => other.target === target).length + 1;
    const author = this.world.user(sender);
    const made: MergeRequest = {
      ...{ iid, target, source, sha, author, isDraft, state: "opened" },
      ...{ sourceBranch: branch, targetBranch: into },
    };
    await setRef(target.gitDirectory, `refs/merge-requests/${iid}/head`, sha);
    this.world.mergeRequests.push(made);
    await this.#tell("Merge Request Hook", mergeRequestPayload(made, "open", sender, this.world));
    return made;
  }

  async endMergeRequest(request: MergeRequest, state: "closed" | "merged"): Promise<void> {
    request.state = state;
    const action = state === "closed" ? "close" : "merge";
    await this.#tell("Merge Request Hook", mergeRequestPayload(request, action, "mona", this.world));
  }

  /** Changes something of a merge request but its head. */
  async editMergeRequest(
    request: MergeRequest,
    changes: Partial<Pick<MergeRequest, "isDraft" | "targetBranch">>,
  ) {
    const before = { ...request };
    Object.assign(request, changes);
    const payload = mergeRequestPayload(request, "update", "mona", this.world, { before });
    await this.#tell("Merge Request Hook", payload);
  }

  deleteProject(project: Project): void {
    this.world.projects.splice(this.world.projects.indexOf(project), 1);
    for (const request of this.world.mergeRequests)
      if (request.source === project) request.source = undefined;
  }

  async comment(project: Project, on: Note["on"], body: string, sender = "mona"): Promise<Note> {
    const note = writeNote(this.world, { project, on, author: this.world.user(sender), body });
    await this.#tell("Note Hook", notePayload(note, "create", this.world));
    return note;
  }

  deleteNote(note: Note): void {
    this.world.notes.splice(this.world.notes.indexOf(note), 1);
  }

  /** Sends any webhook. */
  deliver(event: string, payload: unknown, headers: Record<string, string> = {}): Promise<Delivery> {
    return deliver(this.webhook, { event, payload, key: randomUUID(), headers });
  }

  async #tell(event: string, payload: unknown): Promise<void> {
    if (this.webhook.url !== undefined) await this.deliver(event, payload);
  }

  /** The target has the commits of its merge requests, wherever they were pushed to. */
  async #keepHead(target: Project, source: Project, branch: string): Promise<string> {
    if (source !== target)
      await copyRefs(
        source.gitDirectory,
        `refs/heads/${branch}:refs/keep-around/${source.id}`,
        target.gitDirectory,
      );
    return (await resolveCommit(source.gitDirectory, branch)) ?? NO_OBJECT;
  }

  async #moveMergeRequests(source: Project, branch: string, sha: string, sender: string): Promise<void> {
    for (const request of this.world.mergeRequests) {
      const isMoved =
        request.source === source && request.sourceBranch === branch && request.state === "opened";
      if (!isMoved || request.sha === sha) continue;
      const before = { ...request };
      request.sha = await this.#keepHead(request.target, source, branch);
      await setRef(request.target.gitDirectory, `refs/merge-requests/${request.iid}/head`, sha);
      const payload = mergeRequestPayload(request, "update", sender, this.world, { before });
      await this.#tell("Merge Request Hook", payload);
    }
  }
}
