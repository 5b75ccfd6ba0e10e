import type { Account } from "./accounts.ts";

export type ReactionContent = "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes";

export type Reaction = { id: number; content: ReactionContent; author: Account; createdAt: Date };

/** What every comment has, wherever it was written. */
export type CommentBase = {
  id: number;
  author: Account;
  body: string;
  createdAt: Date;
  updatedAt: Date;
  reactions: Reaction[];
};

/** A comment as it is when it has just been written. */
export function newComment(id: number, author: Account, body: string, at: Date): CommentBase {
  return { id, author, body, createdAt: at, updatedAt: at, reactions: [] };
}
