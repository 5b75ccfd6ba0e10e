import type { Readable } from "node:stream";
import type { z } from "zod";
import type { Project, User, World } from "../state/world.ts";

export type Answer = {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent as it is. */
  stream?: Readable;
};

export type Call<Query, Body> = {
  world: World;
  caller: User;
  /** What the path's `:name`s stand for, decoded. */
  path: Record<string, string>;
  query: Query;
  body: Body;
  /** The project that `:id` stands for, which the caller may do `needs` in. */
  project: Project;
};

export type Route = {
  method: string;
  /** Below `/api/v4/`. */
  path: string;
  /** The caller's least access level in the project that the path names; 0 for what anybody who sees it may do. */
  needs?: number;
  query: z.ZodType;
  body: z.ZodType;
  answer(call: Call<never, never>): Answer | Promise<Answer>;
};

export function route<Query, Body>(definition: {
  method: string;
  path: string;
  needs?: number;
  query: z.ZodType<Query>;
  body: z.ZodType<Body>;
  answer(call: Call<Query, Body>): Answer | Promise<Answer>;
}): Route {
  return definition as Route;
}
