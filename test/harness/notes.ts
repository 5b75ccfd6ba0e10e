import type { GitHub } from "../fakes/github/github.ts";

const MARKER = "<!-- pushwright:note -->";

type Repository = Awaited<ReturnType<GitHub["createRepository"]>>;

/** All that a program wrote in a pull request's thread, less the mark of the bot's notes. A good thread has one. */
export function notesIn(github: GitHub, repository: Repository, pullRequest: number): string[] {
  return github
    .comments()
    .filter(({ issue }) => issue.repository.id === repository.id && issue.number === pullRequest)
    .filter(isByProgram)
    .map(withoutMarker);
}

/** The same of a commit's thread. */
export function notesOnCommit(github: GitHub, repository: Repository, commit: string): string[] {
  return github
    .commitComments()
    .filter(({ repository: { id }, sha }) => id === repository.id && sha === commit)
    .filter(isByProgram)
    .map(withoutMarker);
}

/** The newest answer alone: what stands before the older ones, which are folded away. */
export function newestAnswer(note: string | undefined): string {
  return note?.split("<details>")[0] ?? "";
}

function isByProgram({ author }: { author: { type: string } }): boolean {
  return author.type === "Bot";
}

function withoutMarker({ body }: { body: string }): string {
  return body.replace(MARKER, "").trim();
}
